import { useCallback, useEffect, useState } from 'react';
import { formatPlatform } from '../components';
import { TagRow } from './groupByDigest';
import { ReadImage } from './ImageReader';
import { useImageReader } from './useImageReader';

/** Rows of a listing with what their images told since. */
export interface TagRows {
  /** Whether images are read at all. */
  readImages: boolean;
  /** The row with all that is known by now. */
  row(row: TagRow): TagRow;
  /**
   * How far the row's image is read; undefined where the listing told all, and
   * for rows out of sight that were not read yet.
   */
  reading(row: TagRow): ReadImage | undefined;
  /** Reads the images of these rows, unless the listing told all of them. */
  show(rows: TagRow[]): void;
  refresh(): void;
}

/**
 * Completes rows of a listing that tells little more than names: reads the
 * images of the rows in view.
 */
export function useTagRows(options: {
  registryId: string;
  repository: string;
  entityRef?: string;
  readImages: boolean;
}): TagRows {
  const { readImages } = options;
  const reader = useImageReader(options);
  const [inView, setInView] = useState<string[]>([]);
  const show = useCallback((rows: TagRow[]) => {
    const next = rows.filter(isIncomplete).map(referenceOf);
    // What is drawn anew is not always other rows.
    setInView(before => (next.join() === before.join() ? before : next));
  }, []);
  useEffect(() => {
    reader.show(readImages ? inView : []);
  }, [reader, readImages, inView]);

  const reading = (row: TagRow) => {
    if (!readImages || !isIncomplete(row)) {
      return undefined;
    }
    const reference = referenceOf(row);
    const image = reader.get(reference);
    return image.state !== 'waiting' || inView.includes(reference)
      ? image
      : undefined;
  };
  return {
    readImages,
    reading,
    row: row => completed(row, reading(row)),
    show,
    refresh: () => reader.refresh(),
  };
}

function isIncomplete(row: TagRow): boolean {
  return row.digest === undefined || row.size === undefined;
}

/** A row of several tags has a digest, which they share. */
function referenceOf(row: TagRow): string {
  return row.digest ?? row.tags[0];
}

function completed(row: TagRow, reading: ReadImage | undefined): TagRow {
  if (reading?.state !== 'read') {
    return row;
  }
  const { image } = reading;
  return {
    ...row,
    digest: row.digest ?? image.digest,
    createdAt: image.createdAt,
    size: row.size ?? image.size,
    platforms:
      row.platforms.length > 0
        ? row.platforms
        : image.platforms.flatMap(({ platform }) =>
            platform ? [formatPlatform(platform)] : [],
          ),
  };
}
