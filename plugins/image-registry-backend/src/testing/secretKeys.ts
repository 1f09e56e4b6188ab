import { mockServices } from '@backstage/backend-test-utils';
import { Knex } from 'knex';
import { SecretKeys } from '../inbox/SecretKeys';
import { ConfigVault } from '../registries/vault';

/** Keys of webhooks, encrypted with keys of these names; the first encrypts. */
export function secretKeys(knex: Knex, names: string[] = ['a']): SecretKeys {
  const keys = names.map(id => ({
    id,
    secret: Buffer.alloc(32, id).toString('base64'),
  }));
  return new SecretKeys({
    knex,
    logger: mockServices.logger.mock(),
    vault: ConfigVault.create({
      config: mockServices.rootConfig({
        data: { imageRegistry: keys.length ? { encryption: { keys } } : {} },
      }),
    }),
  });
}
