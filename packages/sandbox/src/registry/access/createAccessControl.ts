import { RegistryError } from '../protocol/RegistryError';
import {
  AccessControl,
  AccessOptions,
  parseBasic,
  signInOf,
} from './AccessControl';
import { TokenAccess } from './TokenAccess';

/** Builds the access control of one mode. */
export function createAccessControl(options: AccessOptions): AccessControl {
  if (options.mode === 'open') {
    return { authorize: () => ({}) };
  }
  if (options.mode === 'token') {
    return new TokenAccess(options);
  }
  const signIn = signInOf(options.users);
  const challenge = `Basic realm="${options.realm ?? 'sandbox'}"`;
  return {
    authorize(request, required) {
      const given = parseBasic(request.headers.authorization);
      const user = given && signIn(given.username, given.password);
      if (!user) {
        throw new RegistryError('UNAUTHORIZED', required, {
          'WWW-Authenticate': challenge,
        });
      }
      return { actor: user.username };
    },
  };
}
