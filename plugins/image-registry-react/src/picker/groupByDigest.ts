import {
  ScanSummary,
  TagItem,
} from '@slipway/backstage-plugin-image-registry-common';

/** One image: all tags that the listing tells to mean the same digest. */
export interface TagRow {
  /** Stable within one listing. */
  key: string;
  /** At least one, in the order of the listing. */
  tags: string[];
  digest?: string;
  pushedAt?: string;
  /** When the image was made; known once it was read itself. */
  createdAt?: string;
  size?: number;
  platforms: string[];
  /** What the registry's scanner says of it. */
  scan?: ScanSummary;
  /** Kinds of its signatures; empty: looked for, none. */
  signatures?: string[];
  /** Of its first tag: the registry refuses to let it name another image. */
  immutable?: boolean;
}

/**
 * Puts tags of one digest into one row, where the first of them stands. A tag
 * whose digest the listing doesn't tell has a row of its own.
 */
export function groupByDigest(
  items: TagItem[],
  formatPlatform: (platform: NonNullable<TagItem['platforms']>[0]) => string,
): TagRow[] {
  const rows = new Map<string, TagRow>();
  for (const item of items) {
    const key = item.digest ?? `tag ${item.tag}`;
    const row = rows.get(key);
    if (row) {
      row.tags.push(item.tag);
    } else {
      rows.set(key, {
        key,
        tags: [item.tag],
        digest: item.digest,
        pushedAt: item.pushedAt,
        size: item.size,
        platforms: (item.platforms ?? []).map(formatPlatform),
        scan: item.scan,
        signatures: item.signatures,
        immutable: item.immutable,
      });
    }
  }
  return [...rows.values()];
}
