import { randomUUID } from 'node:crypto';
import { buildApplication } from '../images/buildApplication';
import { ImagePlatform } from '../images/buildImage';
import { pushBundle } from './pushBundle';
import { PushTarget } from './PushConnection';

/** What to build and where to push it. */
export interface PushImageOptions extends Omit<PushTarget, 'url'> {
  repository: string;
  tag: string;
  /** Further tags of the same digest. */
  tags?: string[];
  /**
   * Same variation, tag, date and platforms: same digest. A random one by
   * default, so that each push is a new image.
   */
  variation?: string;
  /** Now by default. */
  created?: Date;
  /** Only linux/amd64 by default; several make an index. */
  platforms?: ImagePlatform[];
  labels?: Record<string, string>;
  format?: 'oci' | 'docker';
}

/** What was pushed. */
export interface PushedImage {
  /** Of the manifest or index that the tag now names. */
  digest: string;
  mediaType: string;
  /** `host:port/repository:tag@digest`. */
  reference: string;
}

/**
 * Builds a small image and pushes it over HTTP like any client.
 *
 * @param registryUrl - `http://host:port` or `https://host:port`; the sandbox
 * or any other registry.
 * @throws Error with the registry's answer when it refuses a step.
 */
export async function pushImage(
  registryUrl: string,
  options: PushImageOptions,
): Promise<PushedImage> {
  const { repository, tag, username, password, ca } = options;
  const bundle = buildApplication({
    repository,
    version: tag,
    created: options.created ?? new Date(),
    platforms: options.platforms ?? [{ os: 'linux', architecture: 'amd64' }],
    variation: options.variation ?? randomUUID(),
    labels: options.labels,
    format: options.format,
  });
  await pushBundle(
    { url: registryUrl, username, password, ca },
    repository,
    bundle,
    [tag, ...(options.tags ?? [])],
  );
  const { digest, mediaType } = bundle.manifest.descriptor;
  const { host } = new URL(registryUrl);
  return {
    digest,
    mediaType,
    reference: `${host}/${repository}:${tag}@${digest}`,
  };
}
