import { ContentStore } from './content/ContentStore';

/** Whether an image can be pulled from this registry. */
export type ImageExistence = 'exists' | 'missing' | 'unknown';

const REFERENCE = /^([^/]+)\/([^:@]+)(?::([^:@/]+))?(?:@(.+))?$/;

/**
 * Looks an image reference up in the memory; with a tag and a digest the
 * digest decides, as for a node that pulls.
 *
 * @returns `unknown` for an image of another registry.
 */
export function resolveImage(
  content: ContentStore,
  hosts: string[],
  image: string,
): ImageExistence {
  const match = REFERENCE.exec(image);
  if (!match || !hosts.includes(match[1])) {
    return 'unknown';
  }
  const [, , repository, tag, digest] = match;
  return content.getManifest(repository, digest ?? tag ?? 'latest')
    ? 'exists'
    : 'missing';
}
