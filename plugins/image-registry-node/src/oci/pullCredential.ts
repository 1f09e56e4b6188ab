import { PullCredential } from '../provider/RegistryProvider';
import { IssuedLogin } from './ExpiringLogin';

/**
 * A vendor's login as clusters get it. One that never ends is no better than
 * the portal's own, whoever issued it.
 */
export function toPullCredential({
  username,
  password,
  expiresAt,
  renewAt,
}: IssuedLogin): PullCredential {
  return expiresAt === undefined
    ? { username, password, from: 'manage' }
    : {
        username,
        password,
        from: 'short-lived',
        expiresAt: new Date(expiresAt).toISOString(),
        renewAt: new Date(renewAt).toISOString(),
      };
}
