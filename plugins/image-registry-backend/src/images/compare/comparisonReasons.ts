import { Reason } from '@slipway/backstage-plugin-image-registry-common';

/** Why a comparison is not complete; the frontends translate them by code. */
export const comparisonReasons = {
  listingIncomplete: (why: string | undefined): Reason => ({
    code: 'comparison-listing-incomplete',
    message: `The list of tags is not complete${why ? `: ${why}` : ''}`,
    params: { why: why ?? '' },
  }),
  noOrder: (): Reason => ({
    code: 'comparison-no-order',
    message:
      'The registry does not tell when both were pushed, and their tags are of different kinds, so what lies in between is not known',
  }),
  cut: (rest: number): Reason => ({
    code: 'comparison-cut',
    message: `${rest} older tags in between are left out`,
    params: { rest: String(rest) },
  }),
  unread: (image: string): Reason => ({
    code: 'comparison-unread',
    message: `${image} could not be read in the registry now, so it tells nothing of itself`,
    params: { image },
  }),
};
