import { isDigest } from '@slipway/backstage-plugin-image-registry-common';
import {
  kindOfMediaType,
  Manifest,
  OciClient,
  RegistryCallOptions,
} from '@slipway/backstage-plugin-image-registry-node';
import { HarborArtifact, signaturesOf } from './artifacts';

/** Accessories of one artifact that are looked into. */
const MOST_LOOKED_INTO = 10;

/**
 * What cosign 3 writes into a bundle that is a signature; others hold
 * attestations. https://github.com/sigstore/cosign/blob/main/specs/BUNDLE_SPEC.md
 */
const COSIGN_SIGNATURE = 'https://sigstore.dev/cosign/sign/v1';

/**
 * The kinds of signatures of an artifact. Harbor knows them by type; what it
 * only knows as something that refers to the artifact is looked into, because
 * some versions take bundles of cosign 3 for that.
 */
export async function signaturesOfArtifact(
  oci: OciClient,
  repository: string,
  accessories: HarborArtifact['accessories'],
  options: RegistryCallOptions,
): Promise<string[]> {
  const known = signaturesOf(accessories);
  if (known.length) {
    return known;
  }
  const unknown = (accessories ?? [])
    .flatMap(({ type, digest }) =>
      type === 'subject.accessory' && digest && isDigest(digest) ? digest : [],
    )
    .slice(0, MOST_LOOKED_INTO);
  const kinds = new Set<string>();
  for (const digest of unknown) {
    const kind = kindOf(await oci.manifest(repository, digest, options));
    if (kind) {
      kinds.add(kind);
    }
  }
  return [...kinds].sort();
}

function kindOf({ content }: Manifest): string | undefined {
  const type = content.artifactType || content.config?.mediaType || '';
  if (kindOfMediaType(type) !== 'signature') {
    return undefined;
  }
  if (type.startsWith('application/vnd.cncf.notary.')) {
    return 'notation';
  }
  const predicate = content.annotations['dev.sigstore.bundle.predicateType'];
  return predicate === undefined || predicate === COSIGN_SIGNATURE
    ? 'cosign'
    : undefined;
}
