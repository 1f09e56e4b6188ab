import { Reason } from '@slipway/backstage-plugin-image-registry-common';

/** Makes a reason from its code, sentence and values. */
export function because(
  code: string,
  message: string,
  params?: Record<string, string>,
): Reason {
  return params ? { code, message, params } : { code, message };
}

/** Reasons of rollouts; the frontends translate them by code. */
export const rolloutReasons = {
  supersededBy: (sequence: number | string) =>
    because('superseded', `Superseded by rollout #${sequence}`, {
      sequence: String(sequence),
    }),
  tagMovedBack: (tag: string, digest: string) =>
    because(
      'tag-moved-back',
      `${tag} was moved to ${digest}, which runs here or is on its way`,
      { tag, digest },
    ),
  waitsBehind: (sequence: number) =>
    because('waits-behind', `Waits behind rollout #${sequence}`, {
      sequence: String(sequence),
    }),
  interruptedBy: (rollout: string) =>
    because('interrupted', 'A person deployed something else meanwhile', {
      rollout,
    }),
  held: (hold: { author?: string; reason: string }) =>
    because(
      'held',
      `Held by ${hold.author ?? 'the automation'}: ${hold.reason}`,
      { author: hold.author ?? '', reason: hold.reason },
    ),
  blockedDigest: (digest: string) =>
    because(
      'digest-failed-before',
      `${digest} failed here before; a person has to deploy it`,
      { digest },
    ),
  needsConsent: (owners: string) =>
    because(
      'needs-consent',
      `The image field is managed by ${owners}; somebody has to choose "Manage this image from the portal" first`,
      { owners },
    ),
  contested: (owner: string) =>
    because(
      'contested',
      `${owner} took the image field again after the portal had written it`,
      { owner },
    ),
  componentGone: (entityRef: string) =>
    because('component-gone', `${entityRef} is not in the catalog any more`, {
      entityRef,
    }),
  registryGone: (registryId: string) =>
    because('registry-gone', `The registry ${registryId} was removed`, {
      registryId,
    }),
  notGranted: (repository: string, registry: string) =>
    because(
      'not-granted',
      `This component may not use ${repository} of ${registry}`,
      { repository, registry },
    ),
  catalogUnavailable: () =>
    because('catalog-unavailable', 'The catalog could not be asked'),
  requesterMayNot: (author: string, entityRef: string) =>
    because(
      'requester-may-not',
      `${author} may not deploy ${entityRef} any more`,
      { author, entityRef },
    ),
  targetGone: (message: string) => because('target-gone', message),
  cancelled: (author: string) =>
    because('cancelled', `Cancelled by ${author}`, { author }),
  cancelledUnwritten: (author: string) =>
    because(
      'cancelled-unwritten',
      `Cancelled by ${author}; nothing was written to the cluster`,
      { author },
    ),
  cancelledUnanswered: (author: string) =>
    because(
      'cancelled-unanswered',
      `Cancelled by ${author}; the answer to the last write is not known, so what runs says whether it took effect`,
      { author },
    ),
  unwritten: () =>
    because(
      'unwritten',
      'Nothing was written: the image of the last attempt is not on the workload',
    ),
  changedOutside: (image: string) =>
    because(
      'changed-outside',
      `The image was changed outside the portal meanwhile${
        image ? `: ${image}` : ''
      }`,
      { image },
    ),
  gone: () =>
    because(
      'workload-deleted',
      'The workload was deleted during the rollout; try again once it is there again',
    ),
  namespaceTerminating: (namespace: string) =>
    because(
      'namespace-terminating',
      `The Kubernetes namespace ${namespace} is being deleted; nothing can be deployed there`,
      { namespace },
    ),
  internalRetry: () =>
    because(
      'internal-retry',
      'The portal met an unexpected failure and tries again',
    ),
  internal: () =>
    because(
      'internal-error',
      'The portal failed repeatedly while working on this; its log says why',
    ),
};
