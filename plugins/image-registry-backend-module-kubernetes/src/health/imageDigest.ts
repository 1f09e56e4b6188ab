const DIGEST = /sha256:[0-9a-f]{64}$/;

/**
 * The manifest's digest in a pod's `imageID`, which runtimes write as
 * `repository@sha256:…`, `docker-pullable://repository@sha256:…` or
 * `docker://sha256:…`.
 * @returns undefined for the last, which is the id of a local configuration
 * and no digest of a registry
 */
export function imageDigest(imageId: string | undefined): string | undefined {
  const withoutScheme = imageId?.replace(/^[a-z-]+:\/\//, '') ?? '';
  return withoutScheme.includes('@')
    ? DIGEST.exec(withoutScheme)?.[0]
    : undefined;
}
