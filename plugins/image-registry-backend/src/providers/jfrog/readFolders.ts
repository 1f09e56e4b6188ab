import { TagItem } from '@slipway/backstage-plugin-image-registry-common';
import {
  listingDoubts,
  readFollowingPages,
  RegistryCallOptions,
  RegistryError,
  RegistryPage,
  remedies,
  shaped,
} from '@slipway/backstage-plugin-image-registry-node';
import { ImageFolders } from './ImageFolders';
import { JFrogApi } from './JFrogApi';
import { JFrogImage } from './place';

/** What Artifactory's own API tells of the tags of an image. */
export interface FolderListing
  extends Pick<RegistryPage<unknown>, 'complete' | 'reason'> {
  tags: Map<string, TagItem>;
}

const aqlRow = {
  repo: 'text',
  path: 'text',
  name: 'text',
  size: 'unknown',
  modified: 'text',
  modified_by: 'text',
  sha256: 'text',
} as const;

/** Rows are read one by one: there are many of them. */
const aqlAnswer = {
  results: 'unknown',
  range: { notification: 'text' },
} as const;

const fileList = {
  files: [
    {
      uri: 'text',
      size: 'unknown',
      lastModified: 'text',
      folder: 'unknown',
      sha2: 'text',
    },
  ],
} as const;

/** A row is some 250 bytes; a page stays far below {@link MAX_BYTES}. */
export const AQL_ROWS = 20_000;
const MOST_PAGES = 200;
const MAX_BYTES = 32 * 1024 * 1024;

/** Answers by which an instance or an account has no such listing. */
const refusals: readonly unknown[] = [400, 401, 403, 404, 405, 501];

/**
 * Reads the folders of an image by the best way that Artifactory allows.
 *
 * @param rows - rows of a page of a query
 * @returns undefined when it refuses to tell by any way of its own
 * @throws RegistryError when it fails otherwise
 */
export async function readFolders(
  api: JFrogApi,
  place: JFrogImage,
  rows: number,
  options: RegistryCallOptions,
): Promise<FolderListing | undefined> {
  for (const way of [queryFolders, listFolders]) {
    try {
      return await way(api, place, options, rows);
    } catch (error) {
      if (
        !(error instanceof RegistryError) ||
        !refusals.includes(error.status)
      ) {
        throw error;
      }
    }
  }
  return undefined;
}

/** Whether the storage knows that there is no such tag. */
export async function isAbsent(
  api: JFrogApi,
  { key, image }: JFrogImage,
  tag: string,
  { signal, priority }: RegistryCallOptions,
): Promise<boolean> {
  try {
    await api.send({
      signal,
      priority,
      path: `/api/storage/${encodeURIComponent(key)}/${image}/${tag}`,
      operation: `look for ${key}/${image}:${tag}`,
      needs: { action: 'Read', key },
    });
    return false;
  } catch (error) {
    return error instanceof RegistryError && error.code === 'not-found';
  }
}

/**
 * Reads the folders of an image by the Artifactory Query Language: manifests
 * and layers of all tags in one query, of virtual repositories and of the
 * caches of remote ones as well.
 */
async function queryFolders(
  api: JFrogApi,
  place: JFrogImage,
  { signal, priority }: RegistryCallOptions,
  rows: number,
): Promise<FolderListing> {
  const { key, image } = place;
  const folders = new ImageFolders();
  let notification: string | undefined;
  const { complete, reason } = await readFollowingPages<string>({
    mostPages: MOST_PAGES,
    read: async next => {
      const offset = Number(next ?? 0);
      const response = await api.send({
        signal,
        priority,
        method: 'POST',
        path: '/api/search/aql',
        body: { type: 'text/plain', content: query(place, offset, rows) },
        operation: `list the tags of ${key}/${image}`,
        needs: { action: 'Read', key },
        maxBytes: MAX_BYTES,
      });
      const { results, range } = shaped(response.json(), aqlAnswer);
      if (!Array.isArray(results)) {
        throw new RegistryError(
          'invalid-response',
          `JFrog Artifactory: could not list the tags of ${key}/${image}: the query was answered without results`,
          { hint: remedies.checkProxyFor('Artifactory') },
        );
      }
      notification ??= range?.notification;
      return {
        count: results.length,
        items: results.flatMap(row => addRow(folders, image, row)),
        ...(results.length === rows && { next: String(offset + rows) }),
      };
    },
  });
  // Artifactory cuts the results at a limit of its own, and says so in words.
  const cut =
    reason ??
    (notification === undefined
      ? undefined
      : listingDoubts.saidByVendor('JFrog Artifactory', notification));
  const isWhole = complete && cut === undefined;
  return {
    tags: folders.tags({ isWhole }),
    complete: isWhole,
    ...(cut !== undefined && { reason: cut }),
  };
}

function query(
  { key, image }: JFrogImage,
  offset: number,
  rows: number,
): string {
  const criteria = {
    type: 'file',
    path: { $match: `${image}/*` },
    $and: [
      { $or: [{ repo: key }, { repo: `${key}-cache` }] },
      {
        $or: [
          { name: 'manifest.json' },
          { name: 'list.manifest.json' },
          { name: { $match: 'sha256__*' } },
        ],
      },
    ],
  };
  const fields = [
    'repo',
    'path',
    'name',
    'size',
    'modified',
    'modified_by',
    'sha256',
  ];
  return [
    `items.find(${JSON.stringify(criteria)})`,
    `.include(${fields.map(field => `"${field}"`).join(',')})`,
    '.sort({"$asc":["repo","path","name"]})',
    `.offset(${offset}).limit(${rows})`,
  ].join('');
}

function addRow(folders: ImageFolders, image: string, told: unknown): string[] {
  const row = shaped(told, aqlRow);
  const { path = '', name = '', repo, sha256, size } = row;
  // Images may lie below each other: team/web and team/web/proxy.
  const folder = path.slice(image.length + 1);
  if (!path.startsWith(`${image}/`) || folder.includes('/')) {
    return [];
  }
  const tag = folders.add({
    repo,
    folder,
    name,
    sha256,
    size: toBytes(size),
    modified: row.modified,
    modifiedBy: row.modified_by,
  });
  return tag === undefined ? [] : [`${repo}/${folder}/${name}`];
}

/** The same from the storage's list of files, for accounts that may not query. */
async function listFolders(
  api: JFrogApi,
  { key, image }: JFrogImage,
  { signal, priority }: RegistryCallOptions,
): Promise<FolderListing> {
  const response = await api.send({
    signal,
    priority,
    path: `/api/storage/${encodeURIComponent(
      key,
    )}/${image}?list&deep=1&depth=2&listFolders=0`,
    operation: `list the tags of ${key}/${image}`,
    needs: { action: 'Read', key },
    maxBytes: MAX_BYTES,
  });
  const folders = new ImageFolders();
  for (const file of shaped(response.json(), fileList).files ?? []) {
    const [, folder, name, ...rest] = (file.uri ?? '').split('/');
    if (name && !rest.length && String(file.folder) !== 'true') {
      folders.add({
        folder,
        name,
        sha256: file.sha2,
        size: toBytes(file.size),
        modified: file.lastModified,
      });
    }
  }
  return { tags: folders.tags({ isWhole: true }), complete: true };
}

/** Documented as text, sent as a number. */
function toBytes(size: unknown): number | undefined {
  const bytes =
    typeof size === 'number' || typeof size === 'string' ? Number(size) : NaN;
  return Number.isFinite(bytes) && bytes >= 0 ? bytes : undefined;
}
