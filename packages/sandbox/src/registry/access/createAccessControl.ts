import { RegistryError } from '../protocol/RegistryError';
import { AccessControl, AccessOptions, parseBasic } from './AccessControl';
import { TokenAccess } from './TokenAccess';

/** Builds the access control of one mode. */
export function createAccessControl(options: AccessOptions): AccessControl {
  if (options.mode === 'open') {
    return { authorize: () => ({}) };
  }
  if (options.mode === 'token') {
    return new TokenAccess(options);
  }
  const challenge = `Basic realm="${options.realm ?? 'sandbox'}"`;
  return {
    authorize(request, required) {
      const given = parseBasic(request.headers.authorization);
      const user = options.users.find(
        each =>
          each.username === given?.username && each.password === given.password,
      );
      if (!user) {
        throw new RegistryError('UNAUTHORIZED', required, {
          'WWW-Authenticate': challenge,
        });
      }
      return { actor: user.username };
    },
  };
}
