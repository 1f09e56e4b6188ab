import {
  isDigest,
  isTag,
  TagItem,
} from '@slipway/backstage-plugin-image-registry-common';
import {
  isoTime,
  readFollowingPages,
  RegistryCallOptions,
  RegistryPage,
} from '@slipway/backstage-plugin-image-registry-node';
import { NexusApi } from './NexusApi';
import { NexusImage } from './place';

/** A file of an image: its manifest, by tag or digest. */
interface NexusAsset {
  path?: string;
  checksum?: { sha256?: string } | null;
  lastModified?: string | null;
  blobCreated?: string | null;
  uploader?: string | null;
}

/** An image: `version` is the tag. */
interface NexusComponent {
  name?: string;
  version?: string | null;
  assets?: NexusAsset[] | null;
}

/** One page of components or assets. */
export interface NexusPage<T> {
  items?: Array<T | null> | null;
  continuationToken?: string | null;
}

/** Of 50 components each: 20 000 tags. */
const MOST_PAGES = 400;
const MAX_BYTES = 8 * 1024 * 1024;

/**
 * What the search of Nexus tells of the tags of one image. Its index follows
 * a push within seconds, so that the newest tags may be missing.
 *
 * @throws RegistryError when the first page fails
 */
export function searchTags(
  api: NexusApi,
  { repository, image }: NexusImage,
  { signal, priority }: RegistryCallOptions,
): Promise<RegistryPage<TagItem>> {
  const query = new URLSearchParams({
    repository,
    format: 'docker',
    name: image,
  });
  return readFollowingPages<TagItem>({
    mostPages: MOST_PAGES,
    read: async next => {
      const page = new URLSearchParams(query);
      if (next !== undefined) {
        page.set('continuationToken', next);
      }
      const response = await api.get({
        signal,
        priority,
        path: `/search?${page}`,
        operation: `list the tags of ${repository}/${image}`,
        repository,
        maxBytes: MAX_BYTES,
      });
      const { items, continuationToken } =
        response.json<NexusPage<NexusComponent>>() ?? {};
      const components = items ?? [];
      return {
        count: components.length,
        // The search takes `*` in names, and finds without regard to case.
        items: components.flatMap(component =>
          component?.name === image ? toTagItem(component) : [],
        ),
        next: continuationToken ?? undefined,
      };
    },
  });
}

function toTagItem({ version, assets }: NexusComponent): TagItem[] {
  if (!version || !isTag(version)) {
    return [];
  }
  const asset = (assets ?? []).find(each =>
    each?.path?.endsWith(`/manifests/${version}`),
  );
  const digest = `sha256:${asset?.checksum?.sha256}`;
  const pushedAt = isoTime(asset?.lastModified) ?? isoTime(asset?.blobCreated);
  const { uploader } = asset ?? {};
  return [
    {
      tag: version,
      ...(isDigest(digest) && { digest }),
      ...(pushedAt && { pushedAt }),
      // Tasks of Nexus itself are named with a star.
      ...(uploader && !uploader.startsWith('*') && { pushedBy: uploader }),
    },
  ];
}
