import { Reason } from '@slipway/backstage-plugin-image-registry-common';
import { BigIntColumn, jsonFromColumn, timeFromColumn } from '../database';
import { SealedSecret } from '../registries';
import { proofRefused } from './proofRefused';
import { SealedColumns, sealedOf } from './SecretKeys';

/** An endpoint with the hashes that its secrets are compared with. */
export interface StoredEndpoint {
  id: string;
  registryId: string;
  name: string;
  repositories?: string[];
  entityRef?: string;
  /** What the vendor's signature is verified against, by name. */
  settings?: Record<string, string>;
  source: 'database' | 'config';
  createdBy?: string;
  createdAt: string;
  lastReceivedAt?: string;
  refusals: { count: number; lastAt?: string; lastReason?: Reason };
  secrets: Array<{
    id: string;
    hash: string;
    /** Encrypted, where it is the key of an HMAC. */
    sealed?: SealedSecret;
    createdAt: string;
    lastUsedAt?: string;
  }>;
}

/** Row of the table `webhook_endpoints`. */
export interface EndpointRow {
  id: string;
  registry_id: string;
  name: string;
  repositories: string | null;
  entity_ref: string | null;
  settings: string | null;
  source: 'database' | 'config';
  created_by: string | null;
  created_at: BigIntColumn;
  last_received_at: BigIntColumn | null;
  refusal_count: number;
  last_refusal_at: BigIntColumn | null;
  last_refusal_reason: string | null;
}

/** Row of the table `webhook_secrets`. */
export interface SecretRow extends SealedColumns {
  id: string;
  endpoint_id: string;
  hash: string;
  created_at: BigIntColumn;
  last_used_at: BigIntColumn | null;
}

/** @param secrets - its own and perhaps others', the newest first */
export function endpointFromRow(
  row: EndpointRow,
  secrets: SecretRow[],
): StoredEndpoint {
  return {
    id: row.id,
    registryId: row.registry_id,
    name: row.name,
    repositories: row.repositories
      ? (JSON.parse(row.repositories) as string[])
      : undefined,
    entityRef: row.entity_ref ?? undefined,
    settings: row.settings
      ? (JSON.parse(row.settings) as Record<string, string>)
      : undefined,
    source: row.source,
    createdBy: row.created_by ?? undefined,
    createdAt: timeFromColumn(row.created_at)!,
    lastReceivedAt: timeFromColumn(row.last_received_at),
    refusals: {
      count: row.refusal_count,
      lastAt: timeFromColumn(row.last_refusal_at),
      lastReason: refusalFromColumn(row.last_refusal_reason),
    },
    secrets: secrets
      .filter(secret => secret.endpoint_id === row.id)
      .map(secret => ({
        id: secret.id,
        hash: secret.hash,
        sealed: sealedOf(secret),
        createdAt: timeFromColumn(secret.created_at)!,
        lastUsedAt: timeFromColumn(secret.last_used_at),
      })),
  };
}

/** The first versions wrote an English sentence instead of JSON. */
function refusalFromColumn(value: string | null): Reason | undefined {
  return value === null || value.startsWith('{')
    ? jsonFromColumn<Reason>(value)
    : proofRefused(value);
}
