import { Reason } from '@slipway/backstage-plugin-image-registry-common';
import { because } from '../provider/because';

/** Why a listing is not the whole truth; pages translate the codes. */
export const listingDoubts = {
  repeatedPage: () =>
    because(
      'listing-page-repeated',
      'The registry gave the same page as the next one again',
    ),
  repeatedEntries: () =>
    because(
      'listing-entries-repeated',
      'The registry gave entries of an earlier page again',
    ),
  /** @param detail - the registry's failure, in its words */
  pageUnread: (detail: string) =>
    because('listing-page-unread', `A page could not be read: ${detail}`, {
      detail,
    }),
  changed: () =>
    because('listing-changed', 'The listing changed while it was read'),
  /** @param read - entries */
  onlyFirst: (read: number) =>
    because('listing-only-first', `Only the first ${read} entries were read`, {
      read: String(read),
    }),
  onlyFirstOf: (read: number, total: number) =>
    because(
      'listing-only-first-of',
      `Only the first ${read} of ${total} entries were read`,
      { read: String(read), total: String(total) },
    ),
  short: (came: number, total: number) =>
    because('listing-short', `Only ${came} of ${total} entries came`, {
      came: String(came),
      total: String(total),
    }),
  empty: () =>
    because(
      'listing-empty',
      'The list is empty; some registries answer so although they hold images. Type the name of the repository instead of choosing it from the list',
    ),
  /** @param repository - of which others' images are cached */
  onlyCached: (repository: string) =>
    because(
      'listing-only-cached',
      `Of ${repository}, which passes on what another registry has, only cached images can be listed`,
      { repository },
    ),
  repositoryUnread: (detail: string) =>
    because(
      'listing-repository-unread',
      `A repository could not be read: ${detail}`,
      { detail },
    ),
  onlyFirstRepositories: (read: number, total: number) =>
    because(
      'listing-only-first-repositories',
      `Only the first ${read} of ${total} repositories were looked into; choose one`,
      { read: String(read), total: String(total) },
    ),
  /** @param detail - why, in the vendor's words */
  saidByVendor: (vendor: string, detail: string): Reason =>
    because('listing-said-by-vendor', `${vendor}: ${detail}`, {
      vendor,
      detail,
    }),
};
