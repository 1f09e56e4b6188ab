import {
  deploymentOf,
  expectInOrder,
  faultsOf,
  makeEnvironment,
  makePolicy,
  notDecidedOnce,
  outcomesOf,
  pushTo,
  readLedger,
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

const pushCount = Number(process.env.SLIPWAY_CRASH_PUSHES ?? 200);
const killCount = Number(process.env.SLIPWAY_CRASH_KILLS ?? 20);
// The same tag is pushed a fourth as often: it is about the last one.
const sameTagPushCount = Math.ceil(pushCount / 4);
const sameTagKillCount = Math.ceil(killCount / 4);

describe('a portal on SQLite that is killed at random moments', () => {
  const random = SeededRandom.fromEnvironment();
  let world: World;

  beforeAll(async () => {
    process.stdout.write(`crash test: SLIPWAY_SEED=${random.seed}\n`);
    world = await startWorld();
    await makeEnvironment(world);
    await pushTo(world, REPOSITORY, 'first');
  }, 240_000);

  afterAll(async () => {
    await world?.stop();
  });

  it(
    `loses nothing and repeats nothing of ${pushCount} pushes`,
    async () => {
      const targets = ['shop-dev', 'shop-staging', 'shop-prod'].map(namespace =>
        deploymentOf(namespace, 'web'),
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
      tell('own tags, SQLite', random.seed, storm, ledger, {
        world,
        targets,
      });

      expect(storm.kills).toHaveLength(killCount);
      expect(acknowledged).toHaveLength(pushCount);
      expect(faultsOf(ledger)).toEqual([]);
      for (const policy of policies) {
        expect(notDecidedOnce(ledger, policy, storm.pushes)).toEqual([]);
      }
      expect(
        ledger.rollouts.filter(
          ({ state }) => state !== 'succeeded' && state !== 'superseded',
        ),
      ).toEqual([]);
      for (const target of targets) {
        expectInOrder(world, target, storm.pushes);
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
      tell('one tag, SQLite', random.seed, storm, ledger, {
        world,
        targets: [target],
      });

      expect(acknowledged).toHaveLength(sameTagPushCount);
      expect(faultsOf(ledger)).toEqual([]);
      const last = storm.pushes.at(-1)!;
      expect(outcomesOf(ledger, policy, last)).toEqual(['accepted']);
      expectInOrder(world, target, storm.pushes);
    },
    AROUND_MS + sameTagKillCount * CYCLE_MS,
  );
});
