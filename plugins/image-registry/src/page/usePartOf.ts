import { useState } from 'react';
import { PagePlace } from './usePages';

/** Some of a list that is there as a whole, and the way to the others. */
export function usePartOf<T>(
  all: T[],
  size: number,
): { items: T[]; place: PagePlace } {
  const [wanted, setWanted] = useState(0);
  const last = Math.max(0, Math.ceil(all.length / size) - 1);
  // The list may have become shorter meanwhile.
  const page = Math.min(wanted, last);
  const before = page * size;
  const items = all.slice(before, before + size);
  return {
    items,
    place: {
      from: before + 1,
      to: before + items.length,
      total: all.length,
      back: page > 0 ? () => setWanted(page - 1) : undefined,
      next: page < last ? () => setWanted(page + 1) : undefined,
    },
  };
}
