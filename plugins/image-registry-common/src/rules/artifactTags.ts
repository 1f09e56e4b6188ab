// cosign's and the referrers fallback's names: `sha256-<hex>` and endings.
// https://github.com/opencontainers/distribution-spec/blob/main/spec.md#referrers-tag-schema
const digestTagPattern =
  /^sha(?:256|512)-[0-9a-f]{32,128}(?:\.[A-Za-z0-9_.-]+)?$/;

/**
 * Whether a tag names what accompanies an image (signature, attestation,
 * SBOM, referrers list) instead of an image.
 */
export function isArtifactTag(tag: string): boolean {
  return (
    tag.endsWith('.sig') ||
    tag.endsWith('.att') ||
    tag.endsWith('.sbom') ||
    (tag.startsWith('sha') && digestTagPattern.test(tag))
  );
}
