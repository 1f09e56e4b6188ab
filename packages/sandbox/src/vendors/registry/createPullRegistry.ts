import { VendorClock } from '../VendorClock';
import { VendorRegistry } from './VendorRegistry';

/** How a registry of a cloud gives out tokens. */
export interface PullRegistryOptions {
  clock: VendorClock;
  realm: string;
  service: string;
  /** Of a token; the protocol's default when absent. */
  lifetimeSeconds?: number;
  accepts(username: string, password: string): boolean;
}

/** A registry whose logins may all pull everything, and nothing else. */
export function createPullRegistry({
  accepts,
  clock,
  ...token
}: PullRegistryOptions): VendorRegistry {
  return new VendorRegistry({
    clock,
    access: {
      mode: 'token',
      ...token,
      users: (username, password) =>
        accepts(username, password)
          ? { username, access: [{ repository: '*/*', actions: ['pull'] }] }
          : undefined,
      allowPost: false,
    },
  });
}
