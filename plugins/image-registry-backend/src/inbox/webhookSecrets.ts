import { Knex } from 'knex';
import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { databaseNow } from '../database';
import { SecretKeys } from './SecretKeys';
import { SecretRow } from './StoredEndpoint';

/** SHA-256 in hex: secrets are random and long, so a plain hash keeps them. */
export function hashSecret(secret: string): string {
  return createHash('sha256').update(secret).digest('hex');
}

/** A secret that fits into a URL and a header: 32 random bytes. */
export function newSecret(): string {
  return randomBytes(32).toString('base64url');
}

/**
 * Adds a secret to an endpoint, as its newest.
 *
 * @param secret - `keepsKey`: encrypted as well, because it is the key of an HMAC
 * @returns the id of its row
 */
export async function insertSecret(
  trx: Knex.Transaction,
  keys: SecretKeys,
  {
    endpointId,
    secret,
    keepsKey = false,
  }: { endpointId: string; secret: string; keepsKey?: boolean },
): Promise<string> {
  const id = randomUUID();
  await trx('webhook_secrets').insert({
    id,
    endpoint_id: endpointId,
    hash: hashSecret(secret),
    ...(keepsKey && keys.seal(id, secret)),
    created_at: databaseNow(trx),
  });
  // Which secret is the newest must be certain within one millisecond too.
  const newest = await trx<SecretRow>('webhook_secrets')
    .where({ endpoint_id: endpointId })
    .whereNot({ id })
    .max({ at: 'created_at' })
    .first();
  if (newest?.at !== null && newest?.at !== undefined) {
    await trx('webhook_secrets')
      .where({ id })
      .where('created_at', '<=', newest.at)
      .update({ created_at: Number(newest.at) + 1 });
  }
  return id;
}
