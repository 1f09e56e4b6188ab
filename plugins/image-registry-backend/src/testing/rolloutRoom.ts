import { mockServices } from '@backstage/backend-test-utils';
import { RegistryError } from '@slipway/backstage-plugin-image-registry-node';
import { Knex } from 'knex';
import { Access } from '../access';
import { databaseNow } from '../database';
import { FreezeStore, ImageNews, Protections } from '../protection';
import { RegistryService } from '../registries';
import {
  createGateKeeper,
  GateStore,
  NewRollout,
  RolloutQueue,
  RolloutStore,
  StoredRollout,
} from '../rollouts';
import { EvidenceKeeper, EvidenceStore } from '../rollouts/evidence';
import { HealthStore } from '../rollouts/health';
import { LeaseKeeper } from '../rollouts/LeaseKeeper';
import { RolloutLeases } from '../rollouts/RolloutLeases';
import { GoodImages } from '../rollouts/return';
import { RolloutRunner } from '../rollouts/RolloutRunner';
import { RolloutSteps } from '../rollouts/RolloutSteps';
import { RolloutWorker } from '../rollouts/RolloutWorker';
import { WriteAttempts } from '../rollouts/WriteAttempts';
import {
  ComponentPlaces,
  DatabaseEnvironmentStore,
  Drivers,
  PlaceMemory,
  TargetService,
  TargetStore,
} from '../targets';
import { FakeCluster } from './FakeCluster';
import { component } from './startPortal';

/** Asked before and after each call of a runner to what is around it. */
export type OnStep = (
  name: string,
  when: 'before' | 'after',
) => Promise<void> | void;

/** The same object, but each call of these methods is announced. */
function stepping<T extends object>(
  object: T,
  methods: string[],
  onStep: OnStep,
): T {
  return new Proxy(object, {
    get(target, name) {
      const value = Reflect.get(target, name, target);
      if (typeof value !== 'function') {
        return value;
      }
      if (!methods.includes(String(name))) {
        return value.bind(target);
      }
      return async (...parameters: unknown[]) => {
        await onStep(String(name), 'before');
        const answer = await value.apply(target, parameters);
        await onStep(String(name), 'after');
        return answer;
      };
    },
  });
}

/** The room of rollouts on a test's database, with a cluster to deploy to. */
export function rolloutRoom(knex: Knex, cluster: FakeCluster) {
  const steps = RolloutSteps.create({ knex });
  const rollouts = RolloutStore.create({ knex, steps });
  const leases = RolloutLeases.create({ knex, rollouts, steps });
  const targetStore = TargetStore.create({ knex });
  const keepers = new Set<LeaseKeeper>();
  const state = {
    catalogDown: false,
    /** Digests that the registry has no more. */
    gone: new Set<string>(),
    /** Of the registry, as the portal signs in. */
    secrets: ['p4ss-w0rd-of-the-registry'],
  };
  const registries = {
    find: async () => ({ id: 'local', name: 'Local', provider: 'harbor' }),
    provider: () => ({ descriptor: { title: 'Harbor' } }),
    isGranted: () => true,
    findByImage: async () => undefined,
    secrets: async () => state.secrets,
    client: async () => ({
      resolve: async (_: string, digest: string) => {
        if (state.gone.has(digest)) {
          throw new RegistryError('not-found', `No ${digest}`);
        }
        return { digest };
      },
    }),
  } as unknown as RegistryService;
  const access = {
    entity: async (ref: string) => {
      if (state.catalogDown) {
        throw new Error('The catalog is down');
      }
      return component(ref.split('/')[1]);
    },
  } as unknown as Access;
  const drivers = new Drivers();
  drivers.add(cluster);
  const queue = RolloutQueue.create({
    rollouts,
    targets: targetStore,
    publish: () => {},
  });
  const logger = mockServices.logger.mock();
  const environments = DatabaseEnvironmentStore.create({ knex });
  const gateStore = GateStore.create({ knex });
  const freezes = FreezeStore.create({ knex });
  const imageNews = ImageNews.create({ knex });
  const protections = new Protections(environments);
  const health = HealthStore.create({ knex, steps });
  const goodImages = new GoodImages({ knex, registries });
  const evidenceStore = EvidenceStore.create({ knex });
  const gateKeeper = createGateKeeper({
    freezes,
    gateStore,
    imageNews,
    protections,
    rollouts,
    targetStore,
  });

  const runner = (onStep?: OnStep) => {
    const wrap = <T extends object>(object: T, methods: string[]): T =>
      onStep ? stepping(object, methods, onStep) : object;
    const steppingDrivers = wrap(drivers, ['for']);
    const steppingRollouts = wrap(rollouts, ['transaction']);
    return new RolloutRunner({
      onDeployed: async () => {},
      access: wrap(access, ['entity']),
      drivers: onStep
        ? stepping(
            {
              for: async (...parameters: Parameters<Drivers['for']>) =>
                wrap(await steppingDrivers.for(...parameters), ['apply']),
            } as unknown as Drivers,
            [],
            onStep,
          )
        : drivers,
      gateKeeper,
      gateStore,
      protection: { prepare: async () => {} },
      logger,
      preflights: [],
      reviews: [],
      registries: wrap(registries, ['find', 'findByImage']),
      leases: wrap(leases, ['release']),
      rollouts: steppingRollouts,
      attempts: wrap(
        new WriteAttempts({ knex, rollouts: steppingRollouts, targetStore }),
        ['lost', 'lostUnlessKnown'],
      ),
      steps,
      evidenceKeeper: new EvidenceKeeper({ drivers, logger, registries }),
      evidenceStore,
      goodImages: wrap(goodImages, ['newestBefore']),
      health: wrap(health, ['look']),
      notices: { returned: async () => {} },
      protections,
      queue,
      targets: wrap(
        TargetService.create({
          entity: async () => undefined,
          drivers,
          environments,
          memory: new PlaceMemory(ComponentPlaces.create({ knex })),
          targets: targetStore,
          registries,
        }),
        ['find', 'records'],
      ),
      targetStore,
      publish: () => {},
    });
  };

  return {
    knex,
    leases,
    rollouts,
    steps,
    targetStore,
    queue,
    environments,
    evidenceStore,
    freezes,
    gateKeeper,
    gateStore,
    goodImages,
    imageNews,
    protections,
    logger,
    state,
    runner,
    worker: (leaseMs = 10_000, concurrency = 50) =>
      new RolloutWorker({
        logger,
        queue,
        leases,
        rollouts,
        steps,
        targetStore,
        runner: runner(),
        leaseMs,
        concurrency,
        pollMs: 20,
      }),
    async enqueue(rollout: NewRollout): Promise<StoredRollout> {
      const stored = await rollouts.transaction(trx =>
        queue.enqueue(trx, rollout),
      );
      queue.announce(stored);
      return stored;
    },
    /** Runs one rollout until it is given up or over. */
    async run(id: string, onStep?: OnStep) {
      const claimed = await rollouts.transaction(async trx => {
        const { targetKey } = await rollouts.get(id, trx);
        await targetStore.lock(trx, targetKey);
        return leases.take(trx, id, 10_000);
      });
      if (!claimed) {
        throw new Error('It is not free');
      }
      const { rollout, token } = claimed;
      const keeper = new LeaseKeeper(leases, { id, token, leaseMs: 10_000 });
      keepers.add(keeper);
      try {
        await runner(onStep).run({ rollout, token, keeper });
      } finally {
        keeper.end();
      }
      return rollouts.get(id);
    },
    /** Lets go of what hangs: its process is dead. */
    bury() {
      keepers.forEach(keeper => keeper.end());
    },
    /** As if all leases had been taken, and all waits begun, long ago. */
    async later() {
      await knex('rollouts')
        .whereNotNull('lease_until')
        .update({ lease_until: databaseNow(knex, -1) });
      await knex('rollouts').update({ next_attempt_at: null });
    },
  };
}
