import {
  createHash,
  createPrivateKey,
  createPublicKey,
  sign,
} from 'node:crypto';
import { MEDIA_TYPES } from '../protocol/mediaTypes';
import { buildArtifact } from './buildArtifact';
import { createContent, createJsonContent, ImageBundle } from './ImageBundle';

/** PKCS #8 head of an Ed25519 private key (RFC 8410, 7); 32 bytes follow. */
const ED25519_PKCS8_HEAD = Buffer.from(
  '302e020100300506032b657004220420',
  'hex',
);

// Ed25519 signs without chance, so that the bytes are always the same. The
// key is made of a public word: it protects nothing.
const signingKey = createPrivateKey({
  key: Buffer.concat([
    ED25519_PKCS8_HEAD,
    createHash('sha256').update('sandbox signing key').digest(),
  ]),
  format: 'der',
  type: 'pkcs8',
});

/** PEM of the public key that verifies the sandbox's signatures. */
export const SANDBOX_SIGNING_KEY = createPublicKey(signingKey)
  .export({ format: 'pem', type: 'spki' })
  .toString();

/** Where cosign keeps the signature of a digest: a tag of the same repository. */
export function signatureTag(digest: string): string {
  return `${digest.replace(':', '-')}.sig`;
}

/** Signs an image as cosign does ("simple signing", in a tag). */
export function buildSignature(reference: string, digest: string): ImageBundle {
  const payload = createJsonContent(MEDIA_TYPES.cosignPayload, {
    critical: {
      identity: { 'docker-reference': reference },
      image: { 'docker-manifest-digest': digest },
      type: 'cosign container image signature',
    },
    optional: {},
  });
  const signature = sign(undefined, payload.bytes, signingKey);
  const layer = createContent(MEDIA_TYPES.cosignPayload, payload.bytes, {
    annotations: {
      'dev.cosignproject.cosign/signature': signature.toString('base64'),
    },
  });
  const config = createJsonContent(MEDIA_TYPES.ociConfig, {
    architecture: '',
    os: '',
    config: {},
    rootfs: { type: 'layers', diff_ids: [payload.descriptor.digest] },
  });
  return buildArtifact({ config, layers: [layer] });
}
