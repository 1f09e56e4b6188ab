// cosign's and the referrers fallback's names: `sha256-<hex>` and endings.
// https://github.com/opencontainers/distribution-spec/blob/main/spec.md#referrers-tag-schema
const digestTag = String.raw`sha(?:256|512)-[0-9a-f]{32,128}(?:\.[A-Za-z0-9_.-]+)?$`;
const digestTagPattern = new RegExp(`^${digestTag}`);
// One expression for what many thousands of tags are asked at once.
const imageTagPattern = new RegExp(
  String.raw`^(?!${digestTag}|.*\.(?:sig|att|sbom)$)[A-Za-z0-9_][A-Za-z0-9._-]{0,127}$`,
);

const lowerG = 103;
const lowerM = 109;
const lowerS = 115;
const lowerT = 116;

/**
 * Whether a tag names what accompanies an image (signature, attestation,
 * SBOM, referrers list) instead of an image.
 */
export function isArtifactTag(tag: string): boolean {
  switch (tag.charCodeAt(tag.length - 1)) {
    case lowerG:
      if (tag.endsWith('.sig')) {
        return true;
      }
      break;
    case lowerT:
      if (tag.endsWith('.att')) {
        return true;
      }
      break;
    case lowerM:
      if (tag.endsWith('.sbom')) {
        return true;
      }
      break;
    default:
  }
  return tag.charCodeAt(0) === lowerS && digestTagPattern.test(tag);
}

/**
 * Whether an image can be pulled by a tag: it is one by the OCI distribution
 * specification, and {@link isArtifactTag} is false.
 */
export function isImageTag(tag: string): boolean {
  return imageTagPattern.test(tag);
}
