import {
  PullSecretState,
  Reason,
} from '@slipway/backstage-plugin-image-registry-common';

interface Place {
  host: string;
  serviceAccount: string;
  namespace: string;
}

/** Says in one sentence why pods can sign in to a registry, or not. */
export function pullAccessReason(
  { host, serviceAccount, namespace }: Place,
  secrets: readonly PullSecretState[],
  known: boolean,
): Reason {
  if (!known) {
    return {
      code: 'pull-secrets-unreadable',
      message: `The portal may not read the secrets of namespace ${namespace}, so whether it can pull from ${host} is not known`,
      params: { namespace, host },
    };
  }
  const best = (state: PullSecretState['state']) =>
    secrets.find(secret => secret.state === state);
  const fitting = best('fits');
  if (fitting) {
    return {
      code: 'pull-secret-fits',
      message: `Secret ${fitting.name} has a login for ${host}`,
      params: { secret: fitting.name, host },
    };
  }
  const expired = best('expired');
  if (expired) {
    return {
      code: 'pull-secret-expired',
      message: `The login for ${host} in secret ${expired.name} ended at ${expired.expiresAt}`,
      params: {
        secret: expired.name,
        host,
        expiresAt: expired.expiresAt ?? '',
      },
    };
  }
  const malformed = best('malformed');
  if (malformed) {
    return {
      code: 'pull-secret-malformed',
      message: `Secret ${malformed.name} holds no login that a node can read`,
      params: { secret: malformed.name },
    };
  }
  const missing = best('missing');
  if (missing) {
    return {
      code: 'pull-secret-missing',
      message: `Secret ${missing.name} is named but does not exist in namespace ${namespace}`,
      params: { secret: missing.name, namespace },
    };
  }
  const other = best('other-host');
  return other
    ? {
        code: 'pull-secret-other-host',
        message: `Secret ${other.name} is for ${other.hosts.join(
          ', ',
        )}, not for ${host}`,
        params: { secret: other.name, hosts: other.hosts.join(', '), host },
      }
    : {
        code: 'pull-secret-none',
        message: `Neither the workload nor service account ${serviceAccount} names a pull secret in namespace ${namespace}`,
        params: { serviceAccount, namespace },
      };
}
