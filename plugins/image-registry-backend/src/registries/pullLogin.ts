import { NotAllowedError } from '@backstage/errors';
import {
  parseRegistryAddress,
  Reason,
} from '@slipway/backstage-plugin-image-registry-common';
import { PullCredential } from '@slipway/backstage-plugin-image-registry-node';
import { StoredRegistry } from './RegistryService';

/** What a cluster signs in to a registry with. Never logged. */
export interface PullLogin extends PullCredential {
  /**
   * The registry as the images that clusters pull name it: host and, where it
   * has one, port. Docker Hub's is the `index.docker.io` that container tools
   * look its login up by.
   */
  host: string;
}

/** The registry has no login that may be put into a cluster. */
export class PullLoginRefusedError extends NotAllowedError {
  readonly reason: Reason;

  constructor(reason: Reason) {
    super(reason.message);
    this.name = 'NotAllowedError';
    this.reason = reason;
  }
}

type Pulled = Pick<
  StoredRegistry,
  'name' | 'address' | 'pullAddress' | 'hasCredentials' | 'pullWithManage'
>;

/**
 * A client's answer as clusters may have it: the portal's own login only where
 * the registry's `pullWithManage` says so.
 *
 * @returns undefined where images are pulled without signing in
 * @throws PullLoginRefusedError
 */
export function toPullLogin(
  registry: Pulled,
  credential: PullCredential | undefined,
): PullLogin | undefined {
  if (!credential) {
    if (registry.hasCredentials) {
      throw new PullLoginRefusedError({
        code: 'pull-login-missing',
        message: `${registry.name} is signed in to with something that clusters cannot use; give it a login of its own for clusters`,
        params: { registry: registry.name },
      });
    }
    return undefined;
  }
  if (credential.from === 'manage' && !registry.pullWithManage) {
    throw new PullLoginRefusedError({
      code: 'pull-login-is-manage',
      message: `${registry.name} has no login for clusters, and its settings keep the portal's own out of them; give it a login of its own for clusters`,
      params: { registry: registry.name },
    });
  }
  return { ...credential, host: hostOf(registry) };
}

function hostOf({ pullAddress, address }: Pulled): string {
  const { registry } = parseRegistryAddress(pullAddress ?? address);
  const [host] = registry.split('/', 1);
  return host === 'docker.io' ? 'index.docker.io' : host;
}
