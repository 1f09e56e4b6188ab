/** What a tag rule says of tags and of itself, and what its translation from others says. */
export const ruleReasonMessages = {
  'reason.tag-is-listed': 'Is one of {{tags}}',
  'reason.tag-is-not-listed': 'Is none of {{tags}}',
  'reason.tag-excluded': 'Is excluded by {{filter}}',
  'reason.tag-not-included': 'Is not among what {{filters}} includes',
  'reason.tag-taken': 'Any tag is taken',
  'reason.key-differs':
    'Does not match {{pattern}} as a whole, so there is nothing to compare',
  'reason.key-empty': 'The part of the tag that is compared is empty',
  'reason.number-read': 'Has a number to compare',
  'reason.number-unreadable': 'What is compared is not a number',
  'reason.text-ordered': 'Has a place in the order',
  'reason.calendar-matches': 'Is a version by {{format}}',
  'reason.calendar-differs': 'Is not a version by {{format}}',
  'reason.platform-missing': 'Has no image for {{platforms}}',
  'reason.platforms-unknown':
    'Nobody has told yet which platforms {{tag}} runs on',
  'reason.listing-shrunk':
    'There were {{before}} tags and are {{now}} now; nothing is chosen until somebody confirms it',
  'reason.created-times-unknown':
    'Nobody knows when {{tag}} was built, so it may be the newest',
  'reason.push-order-later': '{{tag}} comes after {{head}}',
  'reason.push-order-earlier': '{{tag}} comes before {{head}}',
  'reason.push-order-equal':
    '{{tag}} has the same place as {{head}}, which is spelt in the preferred way',
  'reason.push-created-later': '{{tag}} was built later than {{head}}',
  'reason.push-created-earlier': '{{tag}} was built earlier than {{head}}',
  'reason.push-created-unknown':
    'Nobody knows when {{tag}} was built, so it is not newer than {{head}}',
  'reason.push-head-created-unknown':
    'Nobody knows when {{head}} was built, so {{tag}} cannot be told to be newer',
  'reason.rule-invalid-platform':
    '“{{platform}}” is not a platform such as linux/amd64',
  'reason.rule-empty-list': 'The list names no tag',
  'reason.rule-invalid-format': 'The format cannot be read: {{problem}}',
  'reason.rule-invalid-key': 'What is compared cannot be told: {{problem}}',
  'reason.pattern-looser':
    '{{pattern}} also accepts {{example}}; {{instead}} would not',
  'reason.pattern-like-glob':
    '{{pattern}} does not accept {{example}}: in an expression * repeats what stands before it; {{instead}} would',
  'reason.paste-not-yaml': 'This cannot be read as YAML: {{problem}}',
  'reason.paste-not-found': 'Nothing of this was found: {{expected}}',
  'reason.note-no-equivalent': 'There is no rule here for {{setting}}',
  'reason.note-any-tag-by-push':
    'Any tag was deployed in the order of the events; here it is the tag pushed last, and tags of signatures are not taken',
  'reason.note-prefix-match':
    '{{pattern}} was only compared with the beginning of a tag; the rule says so with .* at the end',
  'reason.note-never-back':
    'Nothing goes back to an older tag here; there it may',
  'reason.note-no-event-order':
    'An old event that arrives late deploys nothing here',
  'reason.note-exact-numbers':
    'Numbers are exact here; there they are rounded beyond 15 digits, and one tag that is no number stops everything',
  'reason.note-ties':
    'Of tags that compare equal the answer is always the same here; there it may change',
  'reason.note-prerelease-bound':
    'With prereleases, a bound of one or two numbers speaks for them too: here 2.0.0-rc.1 is not below 2, and 1.2.0-rc.1 is not below 1.2',
  'reason.note-prerelease-alternatives':
    'Prereleases are taken by all alternatives here; there only by those that name one',
  'reason.note-partial-versions':
    'Tags such as 1.2 count as 1.2.0, as they do there; they often move',
  'reason.note-suffix-kept':
    'Only tags that end in {{suffix}} are taken, as the one that runs',
  'reason.note-fixed-range':
    'The range {{range}} was made from {{tag}}, which runs now; it does not move when a person deploys another version',
  'reason.note-not-version-running':
    '{{tag}} runs now and is no version, so the range takes all; there any tag replaces latest',
  'reason.note-needs-version-running':
    '{{tag}} runs now and is no version; there nothing replaces it',
  'reason.note-created-lookup':
    'Where the registry does not tell build times, nothing is chosen; there tags without one are left out',
  'reason.note-all-platforms':
    'An image must have all of these platforms here; there one is enough',
  'reason.note-artifacts-excluded':
    'Tags of signatures, attestations and SBOMs are never taken here',
  'reason.note-digest-always':
    'A new digest under the newest tag is always deployed here',
  'reason.note-elsewhere':
    '{{setting}} is not part of a rule; set it in the policy or its environment',
  'reason.note-ignored': '{{setting}} has no meaning here',
  'reason.note-text-order':
    'There numbers are compared as text, so 9 comes after 100; here they are compared as numbers',
  'reason.note-invalid-rule': 'What it says cannot be a rule: {{problem}}',
  'reason.note-needs-running-tag':
    '{{setting}} starts from the tag that runs, and that is not known',
  'reason.note-whole-tag':
    'Its documentation does not say whether an expression must match the whole tag; here it must',
} as const;
