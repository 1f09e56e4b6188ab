import {
  RegistryError,
  RegistryPage,
} from '@slipway/backstage-plugin-image-registry-node';

/** One page of an API that numbers its pages from 1. */
export interface NumberedPage<T> {
  items: T[];
  /** Items on all pages together; absent when the API does not say. */
  total?: number;
}

/** How an API that numbers its pages is read. */
export interface NumberedPagesOptions<T> {
  pageSize: number;
  /** Pages that are read at most. */
  mostPages: number;
  read(page: number): Promise<NumberedPage<T>>;
}

/**
 * Reads all pages: the first alone, then the rest at once (the limiter of the
 * registry's HTTP decides how many really are). What cannot be read to its
 * end says so with `complete: false`.
 *
 * @throws RegistryError when the first page fails
 */
export async function readNumberedPages<T>({
  pageSize,
  mostPages,
  read,
}: NumberedPagesOptions<T>): Promise<RegistryPage<T>> {
  const first = await read(1);
  if (first.total === undefined) {
    return readOneByOne({ pageSize, mostPages, read }, first.items);
  }
  const pages = Math.ceil(first.total / pageSize);
  const wanted = Math.min(pages, mostPages);
  const rest = await Promise.allSettled(
    Array.from({ length: Math.max(0, wanted - 1) }, (_, index) =>
      read(index + 2),
    ),
  );
  const items = [...first.items];
  let reason =
    pages > mostPages
      ? `Only the first ${mostPages * pageSize} of ${first.total} were read`
      : undefined;
  for (const page of rest) {
    if (page.status === 'fulfilled') {
      items.push(...page.value.items);
    } else if (page.reason instanceof RegistryError) {
      reason = `A page could not be read: ${page.reason.message}`;
    } else {
      throw page.reason;
    }
  }
  return finished(items, first.total, reason);
}

async function readOneByOne<T>(
  { pageSize, mostPages, read }: NumberedPagesOptions<T>,
  items: T[],
): Promise<RegistryPage<T>> {
  const all = [...items];
  let count = items.length;
  for (let page = 2; count === pageSize; page++) {
    if (page > mostPages) {
      return finished(all, undefined, `Only the first ${all.length} were read`);
    }
    const next = await read(page);
    all.push(...next.items);
    count = next.items.length;
  }
  return finished(all, undefined, undefined);
}

function finished<T>(
  items: T[],
  total: number | undefined,
  reason: string | undefined,
): RegistryPage<T> {
  return {
    items,
    ...(total !== undefined && { totalItems: total }),
    complete: reason === undefined,
    ...(reason !== undefined && { reason }),
  };
}
