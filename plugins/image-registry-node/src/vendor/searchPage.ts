import { RegistryPage } from '../provider/RegistryProvider';
import { nameOf } from './PageCollector';

/**
 * Keeps what contains a search, in any case of letters, of a listing that was
 * read whole because the vendor's API cannot search.
 */
export function searchPage<T>(
  page: RegistryPage<T>,
  search: string | undefined,
): RegistryPage<T> {
  const wanted = search?.trim().toLowerCase() ?? '';
  if (!wanted) {
    return page;
  }
  const items = page.items.filter(item =>
    nameOf(item).toLowerCase().includes(wanted),
  );
  return {
    ...page,
    items,
    ...(page.totalItems !== undefined && { totalItems: items.length }),
  };
}
