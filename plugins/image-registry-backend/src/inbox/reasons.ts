import { Reason } from '@slipway/backstage-plugin-image-registry-common';

/** Reasons of events that are settled without a decision. */
export const inboxReasons = {
  notAPush: (kind: string): Reason => ({
    code: 'not-a-push',
    message: `An event of kind ${kind} deploys nothing`,
    params: { kind },
  }),
  notThisEndpoint: (repository: string): Reason => ({
    code: 'not-this-endpoint',
    message: `This endpoint may not speak for ${repository}`,
    params: { repository },
  }),
  noTag: (): Reason => ({
    code: 'no-tag',
    message:
      'A push without a tag, such as one platform of an index, deploys nothing',
  }),
};
