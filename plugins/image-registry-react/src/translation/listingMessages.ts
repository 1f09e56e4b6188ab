/** Why a listing is not the whole truth. */
export const listingMessages = {
  'reason.listing-page-repeated':
    'The registry gave the same page as the next one again',
  'reason.listing-entries-repeated':
    'The registry gave entries of an earlier page again',
  'reason.listing-page-unread': 'A page could not be read: {{detail}}',
  'reason.listing-changed': 'The listing changed while it was read',
  'reason.listing-only-first': 'Only the first {{read}} entries were read',
  'reason.listing-only-first-of':
    'Only the first {{read}} of {{total}} entries were read',
  'reason.listing-short': 'Only {{came}} of {{total}} entries came',
  'reason.listing-empty':
    'The list is empty; some registries answer so although they hold images. Type the name of the repository instead of choosing it from the list',
  'reason.listing-only-cached':
    'Of {{repository}}, which passes on what another registry has, only cached images can be listed',
  'reason.listing-repository-unread':
    'A repository could not be read: {{detail}}',
  'reason.listing-only-first-repositories':
    'Only the first {{read}} of {{total}} repositories were looked into; choose one',
  'reason.listing-said-by-vendor': '{{vendor}}: {{detail}}',
  'reason.listing-not-offered': '{{detail}}',
  'reason.listing-not-allowed': '{{detail}}',
  'reason.gitlab-listing-first-projects':
    'Only the first {{count}} projects were asked; enter a group or project',
  'reason.gitlab-listing-forbidden':
    'The token may not list the repositories of {{place}}',
  'reason.gitlab-listing-left-out': 'GitLab left out entries',
  'reason.gitlab-listing-no-end': 'GitLab does not tell where to read on',
  'reason.google-listing-first-repositories':
    'Only the images of the first {{count}} repositories were read; enter project/repository as the namespace',
} as const;
