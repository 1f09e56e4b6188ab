import {
  Policy,
  TargetRef,
} from '@slipway/backstage-plugin-image-registry-common';
import {
  appliesTo,
  deploymentOf,
  faultsOf,
  imageOf,
  Ledger,
  makeEnvironment,
  makePolicy,
  PostgresServer,
  Push,
  pushTo,
  readLedger,
  referenceTo,
  SeededRandom,
  startWorld,
  Storm,
  tell,
  World,
} from './testing';

const REPOSITORY = 'system/web';
/** A start and the work until the kill take so long on a busy machine, in ms. */
const CYCLE_MS = 30_000;
/** Start of the world and reading of what it recorded, in ms. */
const AROUND_MS = 240_000;

interface StartedWorld {
  world: World;
  stop(): Promise<void>;
}

async function onSqlite(): Promise<StartedWorld> {
  const world = await startWorld();
  return { world, stop: world.stop };
}

async function onPostgres(): Promise<StartedWorld> {
  const server = await PostgresServer.start();
  try {
    const world = await startWorld({ postgres: server.connection });
    return {
      world,
      stop: async () => {
        await world.stop();
        await server.stop();
      },
    };
  } catch (error) {
    await server.stop();
    throw error;
  }
}

function setting(name: string, value: number): number {
  return Number(process.env[name] ?? value);
}

const databases = [
  {
    database: 'SQLite',
    start: onSqlite,
    pushes: setting('SLIPWAY_CRASH_PUSHES', 200),
    kills: setting('SLIPWAY_CRASH_KILLS', 20),
  },
  {
    // Few by default: after each kill the leases of the dead have to end.
    database: 'PostgreSQL',
    start: onPostgres,
    pushes: setting('SLIPWAY_POSTGRES_CRASH_PUSHES', 40),
    kills: setting('SLIPWAY_POSTGRES_CRASH_KILLS', 4),
  },
];

/** Positions in the order of pushes of the images that a cluster was sent. */
function appliedPositions(world: World, target: TargetRef, pushes: Push[]) {
  return appliesTo(world, target).map(({ image }) => {
    const position = pushes.findIndex(({ digest }) => image.endsWith(digest));
    if (position < 0) {
      throw new Error(`${image} was never pushed`);
    }
    return position;
  });
}

/** Decisions of one policy on one image, over all deliveries. */
function outcomesOf(ledger: Ledger, policy: Policy, push: Push): string[] {
  return (ledger.decisions.get(policy.id) ?? [])
    .filter(({ tag, digest }) => tag === push.tag && digest === push.digest)
    .map(({ outcome }) => outcome);
}

describe.each(databases)(
  'a portal on $database that is killed at random moments',
  ({ database, start, pushes: pushCount, kills: killCount }) => {
    // The same tag is pushed a fourth as often: it is about the last one.
    const sameTagPushCount = Math.ceil(pushCount / 4);
    const sameTagKillCount = Math.ceil(killCount / 4);
    const random = SeededRandom.fromEnvironment();
    let world: World;
    let stop: (() => Promise<void>) | undefined;

    beforeAll(async () => {
      process.stdout.write(`crash test: SLIPWAY_SEED=${random.seed}\n`);
      ({ world, stop } = await start());
      await makeEnvironment(world);
      await pushTo(world, REPOSITORY, 'first');
    }, 180_000);

    afterAll(async () => {
      await stop?.();
    });

    it(
      `loses nothing and repeats nothing of ${pushCount} pushes`,
      async () => {
        const targets = ['shop-dev', 'shop-staging', 'shop-prod'].map(
          namespace => deploymentOf(namespace, 'web'),
        );
        const rule = { kind: 'regex', pattern: 'build-[0-9]+' } as const;
        const policies = await Promise.all(
          targets.map(target =>
            makePolicy(world, target, { repository: REPOSITORY, rule }),
          ),
        );
        const storm = new Storm(world, random, REPOSITORY);
        await storm.rage(pushCount, killCount, n => `build-${n}`);
        const { acknowledged } = storm.sender;
        const ledger = await readLedger(world, policies, acknowledged);
        const applied = targets.map(target =>
          appliedPositions(world, target, storm.pushes),
        );
        tell(
          `own tags, ${database}`,
          random.seed,
          storm,
          ledger,
          applied.flat().length,
        );

        expect(storm.kills).toHaveLength(killCount);
        expect(acknowledged).toHaveLength(pushCount);
        expect(faultsOf(ledger)).toEqual([]);
        for (const policy of policies) {
          const wrong = storm.pushes.filter(
            push => outcomesOf(ledger, policy, push).length !== 1,
          );
          expect(wrong).toEqual([]);
        }
        expect(
          ledger.rollouts.filter(
            ({ state }) => state !== 'succeeded' && state !== 'superseded',
          ),
        ).toEqual([]);

        const last = storm.pushes.at(-1)!;
        for (const target of targets) {
          expect(imageOf(world, target)).toBe(referenceTo(world, last));
        }
        for (const positions of applied) {
          expect(positions.length).toBeGreaterThan(0);
          expect(positions).toEqual([...positions].sort((a, b) => a - b));
        }
      },
      AROUND_MS + killCount * CYCLE_MS,
    );

    it(
      `runs the last of ${sameTagPushCount} pushes of one tag`,
      async () => {
        const target = deploymentOf('shop-dev', 'api');
        const policy = await makePolicy(world, target, {
          repository: REPOSITORY,
          rule: { kind: 'same-tag', tag: 'latest' },
        });
        const storm = new Storm(world, random, REPOSITORY);
        await storm.rage(sameTagPushCount, sameTagKillCount, () => 'latest');
        const { acknowledged } = storm.sender;
        const ledger = await readLedger(world, [policy], acknowledged);
        const positions = appliedPositions(world, target, storm.pushes);
        tell(
          `one tag, ${database}`,
          random.seed,
          storm,
          ledger,
          positions.length,
        );

        expect(acknowledged).toHaveLength(sameTagPushCount);
        expect(faultsOf(ledger)).toEqual([]);
        const last = storm.pushes.at(-1)!;
        expect(outcomesOf(ledger, policy, last)).toEqual(['accepted']);
        expect(imageOf(world, target)).toBe(referenceTo(world, last));
        expect(positions).toEqual([...positions].sort((a, b) => a - b));
      },
      AROUND_MS + sameTagKillCount * CYCLE_MS,
    );
  },
);
