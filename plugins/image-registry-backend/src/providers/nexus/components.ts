import {
  isDigest,
  isTag,
  TagItem,
} from '@slipway/backstage-plugin-image-registry-common';
import {
  advise,
  isoTime,
  readFollowingPages,
  RegistryCallOptions,
  RegistryError,
  RegistryPage,
  shaped,
  Shaped,
} from '@slipway/backstage-plugin-image-registry-node';
import { NexusApi } from './NexusApi';
import { NexusImage } from './place';

/** An image: `version` is the tag, and its files are its manifests. */
const component = {
  name: 'text',
  version: 'text',
  assets: [
    {
      path: 'text',
      checksum: { sha256: 'text' },
      lastModified: 'text',
      blobCreated: 'text',
      uploader: 'text',
    },
  ],
} as const;

/** One page of components. */
export const componentPage = {
  items: [component],
  continuationToken: 'text',
} as const;

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
      const response = await api.send({
        signal,
        priority,
        path: `/search?${page}`,
        operation: `list the tags of ${repository}/${image}`,
        repository,
        maxBytes: MAX_BYTES,
      });
      const { items: components, continuationToken } = shaped(
        response.json(),
        componentPage,
      );
      if (!components) {
        throw new RegistryError(
          'invalid-response',
          `Sonatype Nexus: could not list the tags of ${repository}/${image}: the search answered without a list`,
          {
            hint: advise(
              'nexus-check-api',
              'Check that the API address is that of Nexus itself',
            ),
          },
        );
      }
      return {
        count: components.length,
        // The search takes `*` in names, and finds without regard to case.
        items: components.flatMap(each =>
          each.name === image ? toTagItem(each) : [],
        ),
        next: continuationToken,
      };
    },
  });
}

function toTagItem({ version, assets }: Shaped<typeof component>): TagItem[] {
  if (!version || !isTag(version)) {
    return [];
  }
  const asset = (assets ?? []).find(each =>
    each.path?.endsWith(`/manifests/${version}`),
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
