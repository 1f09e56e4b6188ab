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
  const host = REFERENCE.exec(image)?.[1];
  if (host === undefined || !hosts.includes(host)) {
    return 'unknown';
  }
  return resolveDigest(content, hosts, image) ? 'exists' : 'missing';
}

/** The digest that a reference leads to; undefined when it is not here. */
export function resolveDigest(
  content: ContentStore,
  hosts: string[],
  image: string,
): string | undefined {
  const match = REFERENCE.exec(image);
  if (!match || !hosts.includes(match[1])) {
    return undefined;
  }
  const [, , repository, tag, digest] = match;
  return content.getManifest(repository, digest ?? tag ?? 'latest')?.digest;
}
