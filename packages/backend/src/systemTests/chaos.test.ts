import {
  Hold,
  Policy,
  targetKey,
  TargetRef,
} from '@slipway/backstage-plugin-image-registry-common';
import {
  eventually,
  faultsOf,
  imageOf,
  Ledger,
  makePolicy,
  PostgresServer,
  pushTo,
  readLedger,
  referenceTo,
  SeededRandom,
  startWorld,
  WebhookSender,
  World,
} from './testing';
import {
  ChaosStorm,
  ChaosTarget,
  chaosTargets,
  Chronicle,
  contradictionsOf,
  holdContradictions,
  POLICY_TAGS,
  Requests,
  RETURNING_NAMESPACES,
  STEADY_NAMESPACES,
  tellChaos,
} from './testing/chaos';

/** Time for one rollout or one kill on a busy machine, in ms. */
const CYCLE_MS = 30_000;
/** Start of the world and reading of what it recorded, in ms. */
const AROUND_MS = 240_000;
/** Slow enough for faults to meet rollouts that are under way. */
const CLUSTER_SPEED = 10;
/** From so many rollouts on there is time for what takes ten seconds. */
const LONG_STORM = 50;

const rollouts = Number(process.env.SLIPWAY_CHAOS_ROLLOUTS ?? 10);
const kills = Number(process.env.SLIPWAY_CHAOS_KILLS ?? 1);
/** Of one of several replicas; each takes 18 seconds. */
const freezes = Number(process.env.SLIPWAY_CHAOS_FREEZES ?? 0);
const databases = (process.env.SLIPWAY_CHAOS_DATABASES ?? 'SQLite').split(',');

/** Where a failing image returns to, and where it does not. */
async function makeEnvironments({ portal }: World): Promise<void> {
  const admin = portal.as('admin');
  await admin.post('/environments', {
    name: 'steady',
    places: [{ cluster: 'sandbox', namespaces: STEADY_NAMESPACES }],
  });
  await admin.post('/environments', {
    name: 'returning',
    places: [{ cluster: 'sandbox', namespaces: RETURNING_NAMESPACES }],
    protection: { health: { rollBack: true, deadlineMs: 600_000 } },
  });
}

/** Each target runs an image of its own before anything goes wrong. */
async function settle(world: World): Promise<Policy[]> {
  await makeEnvironments(world);
  const requests = new Requests(world);
  await Promise.all(
    chaosTargets.map(async target => {
      const push = await pushTo(world, target.repository, 'build-0');
      await requests.deploy(target, push);
    }),
  );
  const ledger = await readLedger(world, [], []);
  expect(ledger.rollouts.map(({ state }) => state)).toEqual(
    chaosTargets.map(() => 'succeeded'),
  );
  return Promise.all(
    chaosTargets
      .filter(({ hasPolicy }) => hasPolicy)
      .map(({ ref, repository }) =>
        makePolicy(world, ref, {
          repository,
          rule: { kind: 'regex', pattern: POLICY_TAGS },
        }),
      ),
  );
}

function rolloutsOf(target: TargetRef, { rollouts: all }: Ledger) {
  return all.filter(each => each.targetKey === targetKey(target));
}

/** What history and cluster say of a target, where they disagree. */
function disagreements(
  { ref, name }: ChaosTarget,
  ledger: Ledger,
  { chronicle, bad }: { chronicle: Chronicle; bad: ReadonlySet<string> },
): string[] {
  return contradictionsOf({
    rollouts: rolloutsOf(ref, ledger),
    moments: chronicle.momentsOf(ref),
    isBad: reference => bad.has(reference.split('@')[1]),
  }).map(sentence => `${name}: ${sentence}`);
}

/** Where holds and automatic returns disagree. */
async function wrongHolds(
  { portal }: World,
  ledger: Ledger,
  { lifted }: Requests,
): Promise<string[]> {
  const { items } = await portal.as('admin').get<{ items: Hold[] }>('/holds');
  return chaosTargets.flatMap(({ ref, name }) => {
    const key = targetKey(ref);
    return holdContradictions({
      rollouts: rolloutsOf(ref, ledger),
      hold: items.find(hold => hold.targetKey === key),
      liftedAt: lifted.get(key),
    }).map(sentence => `${name}: ${sentence}`);
  });
}

describe.each(databases)('chaos around a portal on %s', database => {
  const random = SeededRandom.fromEnvironment();
  let postgres: PostgresServer | undefined;
  let world: World;
  let chronicle: Chronicle;
  let policies: Policy[];
  let storm: ChaosStorm;

  beforeAll(async () => {
    process.stdout.write(`chaos test: SLIPWAY_SEED=${random.seed}\n`);
    if (database === 'PostgreSQL') {
      postgres = await PostgresServer.start();
    }
    world = await startWorld({
      clusterSpeed: CLUSTER_SPEED,
      ...(postgres && { postgres: postgres.connection, replicas: 2 }),
    });
    chronicle = Chronicle.of(
      world.cluster,
      chaosTargets.map(({ ref }) => ref),
    );
    policies = await settle(world);
    storm = new ChaosStorm(world, random, chaosTargets, {
      long: rollouts >= LONG_STORM,
    });
  }, 600_000);

  afterAll(async () => {
    await world?.stop();
    await postgres?.stop();
  });

  it(
    `ends ${rollouts} rollouts in the state that the cluster is in, killed ${kills} times`,
    async () => {
      const begin = Date.now();
      await storm.rage({
        rollouts,
        kills,
        freezes: postgres ? freezes : 0,
      });
      const { requests, sender } = storm;
      const ledger = await readLedger(world, policies, sender.acknowledged);
      const about = { test: database, seed: random.seed, begin };
      tellChaos(about, storm, ledger, chronicle);

      expect(storm.kills).toHaveLength(kills);
      expect(faultsOf(ledger, { mayBlock: true })).toEqual([]);
      expect(
        chaosTargets.flatMap(target =>
          disagreements(target, ledger, { chronicle, bad: storm.bad }),
        ),
      ).toEqual([]);
      expect(await wrongHolds(world, ledger, requests)).toEqual([]);
      // However often it was sent, what a person asked for is one rollout.
      const byHand = ledger.rollouts.filter(({ cause }) => cause === 'person');
      expect(byHand).toHaveLength(
        chaosTargets.length + requests.promised.length,
      );
    },
    AROUND_MS + (rollouts + kills + freezes) * CYCLE_MS,
  );

  it(
    'goes on as if nothing had been',
    async () => {
      const targets = chaosTargets.filter(({ hasPolicy }) => hasPolicy);
      const requests = new Requests(world);
      const sender = new WebhookSender(world.webhook);
      // Whose tags could not be read in the storm are read now.
      await Promise.all(
        targets.map(async target => {
          await requests.hold(target);
          await requests.resume(target);
        }),
      );
      // What that brings may fail, be returned and hold the automation again.
      await readLedger(world, policies, []);
      const pushes = await Promise.all(
        targets.map(async target => {
          await requests.resume(target);
          const push = await pushTo(world, target.repository, 'build-last');
          sender.send(push);
          return push;
        }),
      );
      await sender.allTaken();
      await eventually(() =>
        expect(targets.map(({ ref }) => imageOf(world, ref))).toEqual(
          pushes.map(push => referenceTo(world, push)),
        ),
      );
      const ledger = await readLedger(world, policies, sender.acknowledged);

      expect(
        chaosTargets.flatMap(target =>
          disagreements(target, ledger, { chronicle, bad: storm.bad }),
        ),
      ).toEqual([]);
    },
    2 * AROUND_MS,
  );
});
