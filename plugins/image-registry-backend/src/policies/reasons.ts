import {
  nestReason,
  Reason,
} from '@slipway/backstage-plugin-image-registry-common';

function because(
  code: string,
  message: string,
  params?: Record<string, string>,
): Reason {
  return params ? { code, message, params } : { code, message };
}

/** Code of a policy whose best tag is not known: nothing is decided. */
export const LISTING_INCOMPLETE = 'listing-incomplete';
/** Code of a policy whose rule cannot compare what runs. */
export const RUNNING_NOT_ORDERED = 'running-not-ordered';
/** The running image is newer than all that the rule takes. */
export const RUNNING_NEWER = 'running-newer';

/** Codes of a policy whose tags were not read whole: its head is in doubt. */
const unread: readonly string[] = [LISTING_INCOMPLETE, 'listing-shrunk'];
/** Codes of what may be known later, without anybody doing anything. */
const knownLater: readonly string[] = [
  ...unread,
  'created-times-unknown',
  'platforms-unknown',
  'push-created-unknown',
  'push-head-created-unknown',
];

/** Whether a policy may not take anything for newer than its head. */
export function isUnread({ code }: Reason): boolean {
  return unread.includes(code);
}

/** Whether a policy that is blocked for this is looked at again by itself. */
export function isLookedAtAgain({ code }: Reason): boolean {
  return knownLater.includes(code);
}

/** Reasons of decisions and events; the frontends translate them by code. */
export const policyReasons = {
  deploys: (tag: string, why: Reason) =>
    because('policy-deploys', `Deploys ${tag}: ${why.message}`, {
      tag,
      ...nestReason('why', why),
    }),
  /** A policy that is asked anew about what it chose before. */
  stillChosen: (tag: string) =>
    because('rule-chooses', `${tag} is what the rule chooses`, { tag }),
  alreadyDesired: (tag: string, digest: string) =>
    because(
      'already-desired',
      `${tag} is ${digest}, which already runs here or is on its way`,
      { tag, digest },
    ),
  wouldDeploy: (tag: string, why: Reason) =>
    because(
      'policy-would-deploy',
      `Would deploy ${tag}, but only tells: ${why.message}`,
      { tag, ...nestReason('why', why) },
    ),
  heldBack: (tag: string, author: string, reason: string) =>
    because(
      'would-deploy-held',
      `Would have deployed ${tag}; held by ${
        author || 'the automation'
      }: ${reason}`,
      { tag, author: author || 'the automation', reason },
    ),
  changedOutside: (image: string, manager: string | undefined) =>
    manager
      ? because(
          'changed-outside-by',
          `${manager} changed the image outside the portal to ${image}`,
          { manager, image },
        )
      : because(
          'image-changed-outside',
          `Somebody changed the image outside the portal to ${image}`,
          { image },
        ),
  /** As the driver words it during a rollout. */
  reverted: (image: string, title: string, manager = title) =>
    because('image-reverted', `${title} set the image back to ${image}`, {
      image,
      title,
      manager,
    }),
  digestFailedBefore: (digest: string) =>
    because(
      'digest-failed-before',
      `${digest} failed here before; a person has to deploy it`,
      { digest },
    ),
  authorMayNot: (author: string, entityRef: string) =>
    because(
      'author-may-not',
      `${author}, who saved this policy, may not deploy ${entityRef} any more; somebody who may has to save it again`,
      { author, entityRef },
    ),
  componentGone: (entityRef: string) =>
    because('component-gone', `${entityRef} is not in the catalog any more`, {
      entityRef,
    }),
  notGranted: (repository: string, registry: string) =>
    because(
      'not-granted',
      `This component may not use ${repository} of ${registry}`,
      { repository, registry },
    ),
  policyGone: () =>
    because('policy-gone', 'The policy was deleted or switched off meanwhile'),
  listingFailed: (message: string) =>
    because(
      LISTING_INCOMPLETE,
      `The tags could not be read whole, so nothing is decided: ${message}`,
      { message },
    ),
  beingRead: () =>
    because(
      LISTING_INCOMPLETE,
      'The tags are being read, nothing is decided before',
      { message: 'they are being read' },
    ),
  policyChanged: () =>
    because('policy-changed', 'The policy was changed and decides anew'),
  runningNotOrdered: (tag: string, rule: string) =>
    because(
      RUNNING_NOT_ORDERED,
      `What runs (${tag}) cannot be compared by the rule "${rule}"; deploy an image that the rule takes once by hand`,
      { tag, rule },
    ),
  runningNewer: (tag: string, best: string) =>
    because(
      RUNNING_NEWER,
      `What runs (${tag}) is newer than the best that the rule takes (${best}), and auto deploy never goes back; deploy an image that the rule takes once by hand`,
      { tag, best },
    ),
  noPolicy: (repository: string, tag: string) =>
    because('no-policy', `No policy listens to ${repository}`, {
      repository,
      tag,
    }),
  noneTook: (count: number, first: Reason) =>
    because(
      'no-policy-took-it',
      count === 1
        ? `Not taken: ${first.message}`
        : `None of ${count} policies took it: ${first.message}`,
      { count: String(count), ...nestReason('why', first) },
    ),
  deployedBy: (count: number) =>
    because(
      'deployed-by-policies',
      count === 1 ? 'A policy deploys it' : `${count} policies deploy it`,
      { count: String(count) },
    ),
  firstSeen: (tag: string, digest: string) =>
    because(
      'tag-first-seen',
      `${tag} was there before auto deploy was; it is ${digest} from now on, and its next change counts`,
      { tag, digest },
    ),
  unchanged: (tag: string, digest: string) =>
    because('tag-unchanged', `${tag} is ${digest}, as before`, { tag, digest }),
  kindIgnored: (kind: string) =>
    because('not-a-push', `A ${kind} event deploys nothing`, { kind }),
  noTag: () =>
    because(
      'no-tag',
      'A push without a tag, such as one platform of an index, deploys nothing',
    ),
  notThisEndpoint: (repository: string) =>
    because(
      'not-this-endpoint',
      `This endpoint may not speak for ${repository}`,
      { repository },
    ),
  registryGone: (registryId: string) =>
    because('registry-gone', `The registry ${registryId} was removed`, {
      registryId,
    }),
  tagNotFound: (tag: string) =>
    because('tag-not-found', `The registry does not know ${tag}`, { tag }),
  registryFailed: (message: string) =>
    because('registry-failed', message, { message }),
  manualDeploy: () =>
    because(
      'manual-deploy',
      'Deployed by hand, not what the policy would choose',
    ),
};
