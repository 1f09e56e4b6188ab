import { Reason } from '../reason';

/**
 * Codes of everything that the rule engine says about a tag, a push or a
 * rule. The frontends translate each.
 */
export const ruleReasonCodes = [
  'tag-invalid',
  'tag-is-artifact',
  'tag-is-followed',
  'tag-is-other',
  'tag-is-listed',
  'tag-is-not-listed',
  'tag-excluded',
  'tag-not-included',
  'tag-taken',
  'pattern-matches',
  'pattern-differs',
  'key-differs',
  'key-empty',
  'number-read',
  'number-unreadable',
  'text-ordered',
  'calendar-matches',
  'calendar-differs',
  'platform-missing',
  'platforms-unknown',
  'version-in-range',
  'version-out-of-range',
  'version-is-prerelease',
  'version-unreadable',
  'version-partial',
  'version-leading-zero',
  'listing-incomplete',
  'listing-shrunk',
  'push-times-unknown',
  'created-times-unknown',
  'push-first',
  'push-digest-changed',
  'push-digest-unchanged',
  'push-version-higher',
  'push-version-lower',
  'push-version-equal',
  'push-order-later',
  'push-order-earlier',
  'push-order-equal',
  'push-created-later',
  'push-created-earlier',
  'push-created-unknown',
  'push-head-created-unknown',
  'push-later',
  'push-earlier',
  'push-time-unknown',
  'push-tie-won',
  'push-tie-lost',
  'push-head-not-candidate',
  'rule-invalid-tag',
  'rule-invalid-platform',
  'rule-empty-list',
  'rule-invalid-pattern',
  'rule-invalid-range',
  'rule-invalid-format',
  'rule-invalid-key',
  'pattern-looser',
  'pattern-like-glob',
] as const;

/** {@inheritDoc ruleReasonCodes} */
export type RuleReasonCode = (typeof ruleReasonCodes)[number];

function reason(
  code: RuleReasonCode,
  message: string,
  params?: Record<string, string>,
): Reason {
  return params ? { code, message, params } : { code, message };
}

/** Made once a rule, not once a tag: 50 000 verdicts share a few objects. */
export const ruleReasons = {
  tagInvalid: () =>
    reason('tag-invalid', 'Not a valid tag, so nothing can be pulled by it'),
  tagIsArtifact: () =>
    reason(
      'tag-is-artifact',
      'Belongs to a signature, attestation or SBOM, not to an image',
    ),
  tagIsFollowed: (tag: string) =>
    reason('tag-is-followed', `Is the tag ${tag}`, { tag }),
  tagIsOther: (tag: string) =>
    reason('tag-is-other', `Is not the tag ${tag}`, { tag }),
  tagIsListed: (tags: string) =>
    reason('tag-is-listed', `Is one of ${tags}`, { tags }),
  tagIsNotListed: (tags: string) =>
    reason('tag-is-not-listed', `Is none of ${tags}`, { tags }),
  tagExcluded: (filter: string) =>
    reason('tag-excluded', `Is excluded by ${filter}`, { filter }),
  tagNotIncluded: (filters: string) =>
    reason('tag-not-included', `Is not among what ${filters} includes`, {
      filters,
    }),
  tagTaken: () => reason('tag-taken', 'Any tag is taken'),
  patternMatches: (pattern: string) =>
    reason('pattern-matches', `Matches ${pattern} as a whole`, { pattern }),
  patternDiffers: (pattern: string) =>
    reason('pattern-differs', `Does not match ${pattern} as a whole`, {
      pattern,
    }),
  keyDiffers: (pattern: string) =>
    reason(
      'key-differs',
      `Does not match ${pattern} as a whole, so there is nothing to compare`,
      { pattern },
    ),
  keyEmpty: () =>
    reason('key-empty', 'The part of the tag that is compared is empty'),
  numberRead: () => reason('number-read', 'Has a number to compare'),
  numberUnreadable: () =>
    reason('number-unreadable', 'What is compared is not a number'),
  textOrdered: () => reason('text-ordered', 'Has a place in the order'),
  calendarMatches: (format: string) =>
    reason('calendar-matches', `Is a version by ${format}`, { format }),
  calendarDiffers: (format: string) =>
    reason('calendar-differs', `Is not a version by ${format}`, { format }),
  platformMissing: (platforms: string) =>
    reason('platform-missing', `Has no image for ${platforms}`, { platforms }),
  platformsUnknown: (tag: string) =>
    reason(
      'platforms-unknown',
      `Nobody has told yet which platforms ${tag} runs on`,
      { tag },
    ),
  versionInRange: (range: string) =>
    reason('version-in-range', `Is in ${range}`, { range }),
  versionOutOfRange: (range: string) =>
    reason('version-out-of-range', `Is not in ${range}`, { range }),
  versionIsPrerelease: (range: string) =>
    reason(
      'version-is-prerelease',
      `Is a prerelease, and ${range} names none of the same version`,
      { range },
    ),
  versionUnreadable: () =>
    reason('version-unreadable', 'Is not a version such as 1.2.3'),
  versionPartial: () =>
    reason(
      'version-partial',
      'Has fewer than three numbers, so it may move from version to version',
    ),
  versionLeadingZero: () =>
    reason(
      'version-leading-zero',
      'Has a number with a leading zero, which no version has',
    ),
  listingIncomplete: () =>
    reason(
      'listing-incomplete',
      'The list of tags is not complete, so nothing is chosen from it',
    ),
  listingShrunk: (before: number, now: number) =>
    reason(
      'listing-shrunk',
      `There were ${before} tags and are ${now} now; nothing is chosen until somebody confirms it`,
      { before: String(before), now: String(now) },
    ),
  createdTimesUnknown: (tag: string) =>
    reason(
      'created-times-unknown',
      `Nobody knows when ${tag} was built, so it may be the newest`,
      { tag },
    ),
  pushTimesUnknown: () =>
    reason(
      'push-times-unknown',
      'The registry does not tell when its tags were pushed; what runs stays until the next push',
    ),
  pushFirst: (tag: string) =>
    reason('push-first', `${tag} is the first candidate`, { tag }),
  pushDigestChanged: (tag: string) =>
    reason('push-digest-changed', `${tag} has a new digest`, { tag }),
  pushDigestUnchanged: (tag: string) =>
    reason('push-digest-unchanged', `${tag} still has the same digest`, {
      tag,
    }),
  pushVersionHigher: (tag: string, head: string) =>
    reason('push-version-higher', `${tag} is a higher version than ${head}`, {
      tag,
      head,
    }),
  pushVersionLower: (tag: string, head: string) =>
    reason('push-version-lower', `${tag} is a lower version than ${head}`, {
      tag,
      head,
    }),
  pushVersionEqual: (tag: string, head: string) =>
    reason(
      'push-version-equal',
      `${tag} is the same version as ${head}, which is spelt in the preferred way`,
      { tag, head },
    ),
  pushOrderLater: (tag: string, head: string) =>
    reason('push-order-later', `${tag} comes after ${head}`, { tag, head }),
  pushOrderEarlier: (tag: string, head: string) =>
    reason('push-order-earlier', `${tag} comes before ${head}`, { tag, head }),
  pushOrderEqual: (tag: string, head: string) =>
    reason(
      'push-order-equal',
      `${tag} has the same place as ${head}, which is spelt in the preferred way`,
      { tag, head },
    ),
  pushCreatedLater: (tag: string, head: string) =>
    reason('push-created-later', `${tag} was built later than ${head}`, {
      tag,
      head,
    }),
  pushCreatedEarlier: (tag: string, head: string) =>
    reason('push-created-earlier', `${tag} was built earlier than ${head}`, {
      tag,
      head,
    }),
  pushCreatedUnknown: (tag: string, head: string) =>
    reason(
      'push-created-unknown',
      `Nobody knows when ${tag} was built, so it is not newer than ${head}`,
      { tag, head },
    ),
  pushHeadCreatedUnknown: (tag: string, head: string) =>
    reason(
      'push-head-created-unknown',
      `Nobody knows when ${head} was built, so ${tag} cannot be told to be newer`,
      { tag, head },
    ),
  pushLater: (tag: string, head: string) =>
    reason('push-later', `${tag} was pushed later than ${head}`, { tag, head }),
  pushEarlier: (tag: string, head: string) =>
    reason('push-earlier', `${tag} was pushed earlier than ${head}`, {
      tag,
      head,
    }),
  pushTimeUnknown: (tag: string, head: string) =>
    reason(
      'push-time-unknown',
      `Nobody knows when ${tag} was pushed, so it is not newer than ${head}`,
      { tag, head },
    ),
  pushTieWon: (tag: string, head: string) =>
    reason('push-tie-won', `${tag} equals ${head} and wins by its spelling`, {
      tag,
      head,
    }),
  pushTieLost: (tag: string, head: string) =>
    reason('push-tie-lost', `${tag} equals ${head} and loses by its spelling`, {
      tag,
      head,
    }),
  pushHeadNotCandidate: (tag: string, head: string) =>
    reason(
      'push-head-not-candidate',
      `The rule does not take ${head}, so ${tag} cannot be compared with it`,
      { tag, head },
    ),
  invalidTag: (tag: string) =>
    reason('rule-invalid-tag', `"${tag}" is not a tag`, { tag }),
  invalidPlatform: (platform: string) =>
    reason(
      'rule-invalid-platform',
      `"${platform}" is not a platform such as linux/amd64`,
      { platform },
    ),
  emptyList: () => reason('rule-empty-list', 'The list names no tag'),
  invalidPattern: (problem: string) =>
    reason('rule-invalid-pattern', `The pattern cannot be read: ${problem}`, {
      problem,
    }),
  patternLooser: (pattern: string, example: string, instead: string) =>
    reason(
      'pattern-looser',
      `${pattern} also accepts ${example}; ${instead} would not`,
      { pattern, example, instead },
    ),
  patternLikeGlob: (pattern: string, example: string, instead: string) =>
    reason(
      'pattern-like-glob',
      `${pattern} does not accept ${example}: in an expression * repeats what stands before it; ${instead} would`,
      { pattern, example, instead },
    ),
  invalidFormat: (problem: string) =>
    reason('rule-invalid-format', `The format cannot be read: ${problem}`, {
      problem,
    }),
  invalidKey: (problem: string) =>
    reason('rule-invalid-key', `What is compared cannot be told: ${problem}`, {
      problem,
    }),
  invalidRange: (problem: string) =>
    reason('rule-invalid-range', `The range cannot be read: ${problem}`, {
      problem,
    }),
};
