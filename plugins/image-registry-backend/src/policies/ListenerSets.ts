import {
  Reason,
  TagRule,
} from '@slipway/backstage-plugin-image-registry-common';
import { Knex } from 'knex';
import { createHash } from 'node:crypto';
import { databaseNow } from '../database';
import { ListeningPolicy } from './policyRow';
import { readRule } from './readRule';

/**
 * For how long a set is known to be kept, in ms; much shorter than the room of
 * retention keeps one that no change names (yet).
 */
const KNOWN_FOR_MS = 60 * 60 * 1000;
const MAX_KNOWN = 10_000;

/** A policy as it was when a push met it. */
export interface Listener {
  policyId: string;
  policyVersion: number;
  entityRef: string;
  rule: TagRule;
}

/**
 * The policies that pushes to a repository met, kept once until one of them
 * changes: a thousand rejections a push would be written down otherwise.
 */
export class ListenerSets {
  /** The memory of policies gives the same list while they are the same. */
  readonly #ids = new WeakMap<readonly ListeningPolicy[], string>();
  readonly #knownUntil = new Map<string, number>();

  constructor(private readonly knex: Knex) {}

  /** @returns the id of the set, which is in the database */
  async keep(policies: readonly ListeningPolicy[]): Promise<string> {
    const id = this.#ids.get(policies) ?? idOf(policies);
    this.#ids.set(policies, id);
    if ((this.#knownUntil.get(id) ?? 0) > Date.now()) {
      return id;
    }
    await this.knex('listener_sets')
      .insert({
        id,
        listeners: JSON.stringify(policies.map(listenerOf)),
        used_at: databaseNow(this.knex),
      })
      .onConflict('id')
      .merge(['used_at']);
    if (this.#knownUntil.size >= MAX_KNOWN) {
      this.#knownUntil.clear();
    }
    this.#knownUntil.set(id, Date.now() + KNOWN_FOR_MS);
    return id;
  }

  async find(ids: readonly string[]): Promise<Map<string, Listener[]>> {
    const rows: Array<{ id: string; listeners: string }> = await this.knex(
      'listener_sets',
    ).whereIn('id', [...new Set(ids)]);
    return new Map(
      rows.map(({ id, listeners }) => [id, JSON.parse(listeners)]),
    );
  }
}

/** Why a rule does not take a tag of this name; undefined when it may. */
export function refusalByName(rule: TagRule, tag: string): Reason | undefined {
  const test = readRule(rule).rule?.test(tag);
  return test && !test.accepted ? test.reason : undefined;
}

/** A policy says the same as long as it has the same version. */
function idOf(policies: readonly ListeningPolicy[]): string {
  const hash = createHash('sha256');
  for (const { id, version } of policies) {
    hash.update(`${id}:${version}\n`);
  }
  return hash.digest('hex');
}

function listenerOf({
  id,
  version,
  entityRef,
  rule,
}: ListeningPolicy): Listener {
  return { policyId: id, policyVersion: version, entityRef, rule };
}
