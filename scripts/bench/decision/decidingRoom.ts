import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseService, LoggerService } from '@backstage/backend-plugin-api';
import createKnex from 'knex';
import { TagRule, targetKey } from '../../../plugins/image-registry-common/src';
import { Access } from '../../../plugins/image-registry-backend/src/access';
import { openDatabase } from '../../../plugins/image-registry-backend/src/database';
import {
  DeliveryWriter,
  EventQueue,
} from '../../../plugins/image-registry-backend/src/inbox';
import { Authority } from '../../../plugins/image-registry-backend/src/policies/Authority';
import { Decider } from '../../../plugins/image-registry-backend/src/policies/Decider';
import { DecisionStore } from '../../../plugins/image-registry-backend/src/policies/DecisionStore';
import { EventSettler } from '../../../plugins/image-registry-backend/src/policies/EventSettler';
import { PolicyStore } from '../../../plugins/image-registry-backend/src/policies/PolicyStore';
import { TagStore } from '../../../plugins/image-registry-backend/src/policies/TagStore';
import { ToldPushes } from '../../../plugins/image-registry-backend/src/policies/ToldPushes';
import { RegistryService } from '../../../plugins/image-registry-backend/src/registries';
import {
  RolloutQueue,
  RolloutStore,
} from '../../../plugins/image-registry-backend/src/rollouts';
import { RolloutSteps } from '../../../plugins/image-registry-backend/src/rollouts/RolloutSteps';
import {
  DatabaseEnvironmentStore,
  TargetStore,
} from '../../../plugins/image-registry-backend/src/targets';

const REGISTRY = 'bench';

/** A policy for {@link DecidingRoom.addPolicies}. */
export interface BenchPolicy {
  name: string;
  rule: TagRule;
  head: { tag: string; digest: string };
}

/**
 * Everything between the inbox and the queue of rollouts, as the plugin puts
 * it together, on a SQLite file that flushes at each commit. Catalog and
 * registry are stood in for: what they take is theirs.
 */
export class DecidingRoom {
  /** Requests that the registry got. */
  heads = 0;
  /** Decisions whose author the catalog was asked about. */
  asked = 0;
  private digest = '';
  private readonly folder = mkdtempSync(join(tmpdir(), 'deciding-'));
  readonly knex = createKnex({
    client: 'better-sqlite3',
    connection: { filename: join(this.folder, 'bench.sqlite') },
    useNullAsDefault: true,
    pool: { min: 1, max: 1 },
  });
  private readonly policies = PolicyStore.create({ knex: this.knex });
  private readonly tags = TagStore.create({ knex: this.knex });
  private readonly events = EventQueue.create({ knex: this.knex });
  private readonly settler = this.createSettler();

  static async start(): Promise<DecidingRoom> {
    const room = new DecidingRoom();
    await openDatabase({
      getClient: async () => room.knex,
    } as DatabaseService);
    return room;
  }

  async addTags(repository: string, tags: readonly string[]): Promise<void> {
    await this.tags.remember(
      REGISTRY,
      repository,
      tags.map(tag => ({ tag, digest: `sha256:${'0'.repeat(64)}` })),
    );
  }

  async addPolicies(
    repository: string,
    policies: readonly BenchPolicy[],
  ): Promise<void> {
    for (const { name, rule, head } of policies) {
      const id = randomUUID();
      await this.policies.insert({
        id,
        entityRef: `component:default/${name}`,
        targetKey: targetKey({
          cluster: 'local',
          namespace: 'bench',
          kind: 'Deployment',
          name,
          container: name,
        }),
        image: { registryId: REGISTRY, repository },
        rule,
        enabled: true,
        author: 'user:default/owner',
        mode: 'deploy',
        gates: {},
        whenStopped: 'block',
      });
      await this.policies.setHead({ id, version: 1 }, { head });
    }
  }

  /**
   * A push arrives, is claimed and settled.
   * @returns CPU and time from the claim to the committed decision, in ms, and
   *   what the event came to
   */
  async push(
    repository: string,
    tag: string,
    digest: string,
  ): Promise<{ cpuMs: number; ms: number; outcome: string }> {
    this.digest = digest;
    const id = randomUUID();
    await new DeliveryWriter(this.knex).write({
      id: randomUUID(),
      registryId: REGISTRY,
      receivedAt: Date.now(),
      format: 'distribution',
      contentType: 'application/json',
      headers: {},
      body: '{}',
      bytes: 2,
      events: [
        { id, event: { kind: 'push', repository, tag }, outcome: 'pending' },
      ],
    });
    const begin = performance.now();
    const before = process.cpuUsage();
    const lane = await this.events.claim({
      leaseMs: 30_000,
      limit: 200,
      lanes: 8,
    });
    await this.settler.settle(lane);
    const { user, system } = process.cpuUsage(before);
    const ms = performance.now() - begin;
    const event = await this.knex('image_events').where({ id }).first();
    return { cpuMs: (user + system) / 1000, ms, outcome: event.outcome };
  }

  async stop(): Promise<void> {
    await this.knex.destroy();
    rmSync(this.folder, { recursive: true, force: true });
  }

  private createSettler(): EventSettler {
    const { knex, policies, tags, events } = this;
    const registries = this.registries();
    const targetStore = TargetStore.create({ knex });
    const rollouts = RolloutStore.create({
      knex,
      steps: RolloutSteps.create({ knex }),
    });
    const access = {
      entity: async (ref: string) => ({
        apiVersion: 'backstage.io/v1alpha1',
        kind: 'Component',
        metadata: { name: ref.split('/')[1] },
      }),
      stillMay: async () => {
        this.asked += 1;
        return true;
      },
    } as unknown as Access;
    const decider = new Decider({
      authority: new Authority(access, registries),
      decisions: DecisionStore.create({ knex }),
      environments: DatabaseEnvironmentStore.create({ knex }),
      metrics: { decided: () => {} },
      notices: { wouldDeploy: async () => {} },
      policies,
      publish: () => {},
      queue: RolloutQueue.create({
        rollouts,
        targets: targetStore,
        publish: () => {},
      }),
      registries,
      targetStore,
    });
    const logger = {
      error: (message: string, meta: unknown) => {
        throw new Error(`${message}: ${JSON.stringify(meta)}`);
      },
    } as unknown as LoggerService;
    return new EventSettler({
      decider,
      events,
      logger,
      metrics: { settled: () => {} },
      registries,
      tags,
      toldPushes: new ToldPushes({
        decider,
        policies,
        registries,
        tags,
        targetStore,
      }),
      publish: () => {},
    });
  }

  private registries(): RegistryService {
    const registry = { id: REGISTRY, name: 'Bench' };
    return {
      get: async () => registry,
      find: async () => registry,
      isGranted: () => true,
      pullReference: (
        _: unknown,
        { repository, tag, digest }: Record<string, string>,
      ) => `registry.test/${repository}:${tag}@${digest}`,
      client: async () => ({
        resolve: async () => {
          this.heads += 1;
          return { digest: this.digest };
        },
      }),
    } as unknown as RegistryService;
  }
}
