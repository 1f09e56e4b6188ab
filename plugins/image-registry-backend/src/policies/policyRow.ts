import {
  ImageGates,
  parseTargetKey,
  Policy,
  Reason,
  TagRule,
} from '@slipway/backstage-plugin-image-registry-common';
import { BigIntColumn, jsonFromColumn, timeFromColumn } from '../database';

/** The best candidate so far. */
export interface PolicyHead {
  tag: string;
  digest?: string;
  /** ISO 8601. */
  pushedAt?: string;
}

/** A policy as the backend works with it. */
export interface StoredPolicy extends Omit<Policy, 'head' | 'lastDecision'> {
  targetKey: string;
  head?: PolicyHead;
}

/** What of a policy only changes with its version. */
export type ListeningPolicy = Omit<StoredPolicy, 'head' | 'blocked'>;

/** A row of the table. */
export interface PolicyRow {
  id: string;
  entity_ref: string;
  target_key: string;
  registry_id: string;
  repository: string;
  rule: string;
  enabled: boolean | number;
  mode: Policy['mode'];
  gates: string;
  when_stopped: Policy['whenStopped'];
  source: Policy['source'];
  author: string;
  created_at: BigIntColumn;
  updated_at: BigIntColumn;
  version: number;
  head_tag: string | null;
  head_digest: string | null;
  head_pushed_at: BigIntColumn | null;
  blocked: string | null;
}

export function fromRow(row: PolicyRow): StoredPolicy {
  const target = parseTargetKey(row.target_key);
  if (!target) {
    throw new Error(`Policy ${row.id} has a damaged target key`);
  }
  return {
    id: row.id,
    entityRef: row.entity_ref,
    targetKey: row.target_key,
    target,
    image: { registryId: row.registry_id, repository: row.repository },
    rule: JSON.parse(row.rule) as TagRule,
    enabled: Boolean(row.enabled),
    mode: row.mode,
    gates: JSON.parse(row.gates) as ImageGates,
    whenStopped: row.when_stopped,
    source: row.source,
    author: row.author,
    createdAt: timeFromColumn(row.created_at)!,
    updatedAt: timeFromColumn(row.updated_at)!,
    version: row.version,
    head: row.head_tag
      ? {
          tag: row.head_tag,
          digest: row.head_digest ?? undefined,
          pushedAt: timeFromColumn(row.head_pushed_at),
        }
      : undefined,
    blocked: jsonFromColumn<Reason>(row.blocked),
  };
}
