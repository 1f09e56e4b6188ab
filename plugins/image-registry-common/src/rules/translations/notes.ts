import { Reason } from '../../reason';

/** Codes of what a translation says beside the rule. */
export const translationNoteCodes = [
  'paste-not-yaml',
  'paste-not-found',
  'note-no-equivalent',
  'note-any-tag-by-push',
  'note-prefix-match',
  'note-never-back',
  'note-no-event-order',
  'note-exact-numbers',
  'note-ties',
  'note-prerelease-bound',
  'note-prerelease-alternatives',
  'note-partial-versions',
  'note-suffix-kept',
  'note-fixed-range',
  'note-not-version-running',
  'note-needs-version-running',
  'note-created-lookup',
  'note-all-platforms',
  'note-artifacts-excluded',
  'note-digest-always',
  'note-elsewhere',
  'note-ignored',
  'note-text-order',
  'note-invalid-rule',
  'note-needs-running-tag',
  'note-whole-tag',
] as const;

/** {@inheritDoc translationNoteCodes} */
export type TranslationNoteCode = (typeof translationNoteCodes)[number];

function note(
  code: TranslationNoteCode,
  message: string,
  params?: Record<string, string>,
): Reason {
  return params ? { code, message, params } : { code, message };
}

/** What a translation says beside the rule. */
export const notes = {
  notYaml: (problem: string) =>
    note('paste-not-yaml', `This cannot be read as YAML: ${problem}`, {
      problem,
    }),
  notFound: (expected: string) =>
    note('paste-not-found', `Nothing of this was found: ${expected}`, {
      expected,
    }),
  noEquivalent: (setting: string) =>
    note('note-no-equivalent', `There is no rule here for ${setting}`, {
      setting,
    }),
  anyTagByPush: () =>
    note(
      'note-any-tag-by-push',
      'Any tag was deployed in the order of the events; here it is the tag pushed last, and tags of signatures are not taken',
    ),
  prefixMatch: (pattern: string) =>
    note(
      'note-prefix-match',
      `${pattern} was only compared with the beginning of a tag; the rule says so with .* at the end`,
      { pattern },
    ),
  neverBack: () =>
    note(
      'note-never-back',
      'Nothing goes back to an older tag here; there it may',
    ),
  noEventOrder: () =>
    note(
      'note-no-event-order',
      'An old event that arrives late deploys nothing here',
    ),
  exactNumbers: () =>
    note(
      'note-exact-numbers',
      'Numbers are exact here; there they are rounded beyond 15 digits, and one tag that is no number stops everything',
    ),
  ties: () =>
    note(
      'note-ties',
      'Of tags that compare equal the answer is always the same here; there it may change',
    ),
  prereleaseBound: () =>
    note(
      'note-prerelease-bound',
      'With prereleases, a bound of one or two numbers speaks for them too: here 2.0.0-rc.1 is not below 2, and 1.2.0-rc.1 is not below 1.2',
    ),
  prereleaseAlternatives: () =>
    note(
      'note-prerelease-alternatives',
      'Prereleases are taken by all alternatives here; there only by those that name one',
    ),
  partialVersions: () =>
    note(
      'note-partial-versions',
      'Tags such as 1.2 count as 1.2.0, as they do there; they often move',
    ),
  suffixKept: (suffix: string) =>
    note(
      'note-suffix-kept',
      `Only tags that end in ${suffix} are taken, as the one that runs`,
      { suffix },
    ),
  fixedRange: (range: string, tag: string) =>
    note(
      'note-fixed-range',
      `The range ${range} was made from ${tag}, which runs now; it does not move when a person deploys another version`,
      { range, tag },
    ),
  notVersionRunning: (tag: string) =>
    note(
      'note-not-version-running',
      `${tag} runs now and is no version, so the range takes all; there any tag replaces latest`,
      { tag },
    ),
  needsVersionRunning: (tag: string) =>
    note(
      'note-needs-version-running',
      `${tag} runs now and is no version; there nothing replaces it`,
      { tag },
    ),
  createdLookup: () =>
    note(
      'note-created-lookup',
      'Where the registry does not tell build times, nothing is chosen; there tags without one are left out',
    ),
  allPlatforms: () =>
    note(
      'note-all-platforms',
      'An image must have all of these platforms here; there one is enough',
    ),
  artifactsExcluded: () =>
    note(
      'note-artifacts-excluded',
      'Tags of signatures, attestations and SBOMs are never taken here',
    ),
  digestAlways: () =>
    note(
      'note-digest-always',
      'A new digest under the newest tag is always deployed here',
    ),
  elsewhere: (setting: string) =>
    note(
      'note-elsewhere',
      `${setting} is not part of a rule; set it in the policy or its environment`,
      { setting },
    ),
  ignored: (setting: string) =>
    note('note-ignored', `${setting} has no meaning here`, { setting }),
  textOrder: () =>
    note(
      'note-text-order',
      'There numbers are compared as text, so 9 comes after 100; here they are compared as numbers',
    ),
  needsRunningTag: (setting: string) =>
    note(
      'note-needs-running-tag',
      `${setting} starts from the tag that runs, and that is not known`,
      { setting },
    ),
  wholeTag: () =>
    note(
      'note-whole-tag',
      'Its documentation does not say whether an expression must match the whole tag; here it must',
    ),
  invalidRule: (problem: string) =>
    note('note-invalid-rule', `What it says cannot be a rule: ${problem}`, {
      problem,
    }),
};
