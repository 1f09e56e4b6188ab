import { createHash } from 'crypto';
import {
  PORTAL_FIELD_MANAGER,
  PullSecret,
} from '@slipway/backstage-plugin-image-registry-common';
import { SecretObject } from './dockerConfig';

const NAME_PREFIX = 'image-registry-pull-';
const LONGEST_ID = 40;

/** On each secret: which registry, which host, until when. */
const REGISTRY_ANNOTATION = 'image-registry.backstage.io/registry';
const HOST_ANNOTATION = 'image-registry.backstage.io/host';
const EXPIRY_ANNOTATION = 'image-registry.backstage.io/expires-at';
const WRITTEN_ANNOTATION = 'image-registry.backstage.io/written-at';

const MANAGED_BY_LABEL = 'app.kubernetes.io/managed-by';
const PURPOSE_LABEL = 'image-registry.backstage.io/purpose';
const PURPOSE = 'pull-secret';

/** Selects the portal's pull secrets. */
export const PULL_SECRET_SELECTOR = `${MANAGED_BY_LABEL}=${PORTAL_FIELD_MANAGER},${PURPOSE_LABEL}=${PURPOSE}`;

/** Name of a registry's secret; the same in every namespace. */
export function pullSecretName(registryId: string): string {
  const plain = registryId.toLowerCase().replace(/[^a-z0-9]+/g, '-');
  const isPlain = plain === registryId && plain.length <= LONGEST_ID;
  const hash = createHash('sha256').update(registryId).digest('hex');
  return NAME_PREFIX + (isPlain ? plain : hash.slice(0, LONGEST_ID));
}

/** True for the names that {@link pullSecretName} gives. */
export function isPullSecretName(name: string): boolean {
  return name.startsWith(NAME_PREFIX);
}

/** Labels and annotations of a secret that is written now. */
export function pullSecretMetadata(
  secret: Pick<PullSecret, 'registryId' | 'host' | 'expiresAt' | 'writtenAt'>,
): { labels: Record<string, string>; annotations: Record<string, string> } {
  return {
    labels: {
      [MANAGED_BY_LABEL]: PORTAL_FIELD_MANAGER,
      [PURPOSE_LABEL]: PURPOSE,
    },
    annotations: {
      [REGISTRY_ANNOTATION]: secret.registryId,
      [HOST_ANNOTATION]: secret.host,
      ...(secret.expiresAt && { [EXPIRY_ANNOTATION]: secret.expiresAt }),
      ...(secret.writtenAt && { [WRITTEN_ANNOTATION]: secret.writtenAt }),
    },
  };
}

/** True for a secret that carries the portal's labels. */
export function isOurs({ metadata }: SecretObject): boolean {
  return (
    metadata.labels?.[MANAGED_BY_LABEL] === PORTAL_FIELD_MANAGER &&
    metadata.labels?.[PURPOSE_LABEL] === PURPOSE
  );
}

/** When the login of one of the portal's secrets ends, if it does. */
export function expiryOf({ metadata }: SecretObject): string | undefined {
  return metadata.annotations?.[EXPIRY_ANNOTATION];
}

/** What the portal shows of one of its secrets. */
export function toPullSecret(
  cluster: string,
  secret: SecretObject,
): PullSecret {
  const { name, namespace, annotations = {} } = secret.metadata;
  return {
    cluster,
    namespace,
    name,
    registryId: annotations[REGISTRY_ANNOTATION] ?? '',
    host: annotations[HOST_ANNOTATION] ?? '',
    expiresAt: annotations[EXPIRY_ANNOTATION],
    writtenAt: annotations[WRITTEN_ANNOTATION],
  };
}
