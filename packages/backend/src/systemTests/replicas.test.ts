import { Rollout } from '@slipway/backstage-plugin-image-registry-common';
import {
  appliesTo,
  deploymentOf,
  eventually,
  expectInOrder,
  faultsOf,
  imageOf,
  makeEnvironment,
  makePolicy,
  notDecidedOnce,
  outcomesOf,
  PostgresServer,
  pushTo,
  readLedger,
  referenceTo,
  ReplicaStorm,
  SeededRandom,
  startWorld,
  tell,
  WebhookSender,
  World,
} from './testing';

const REPOSITORY = 'system/web';
/** Time for one kill, or for ten deliveries, on a busy machine, in ms. */
const CYCLE_MS = 30_000;
/** Start of the world and reading of what it recorded, in ms. */
const AROUND_MS = 240_000;
/** One push in so many is of the tag that moves. */
const MOVING = 5;

const deliveries = Number(process.env.SLIPWAY_REPLICAS_DELIVERIES ?? 500);
const kills = Number(process.env.SLIPWAY_REPLICAS_KILLS ?? 4);
const restarts = Number(process.env.SLIPWAY_REPLICAS_RESTARTS ?? 2);

describe('two replicas on PostgreSQL', () => {
  const random = SeededRandom.fromEnvironment();
  let postgres: PostgresServer;
  let world: World;

  beforeAll(async () => {
    process.stdout.write(`replicas: SLIPWAY_SEED=${random.seed}\n`);
    postgres = await PostgresServer.start();
    world = await startWorld({ postgres: postgres.connection, replicas: 2 });
    await makeEnvironment(world);
    await pushTo(world, REPOSITORY, 'first');
  }, 600_000);

  afterAll(async () => {
    await world?.stop();
    await postgres?.stop();
  });

  it('go on after both were killed, and apply once', async () => {
    const target = deploymentOf('shop-staging', 'api');
    await makePolicy(world, target, {
      repository: REPOSITORY,
      rule: { kind: 'regex', pattern: 'late-.+' },
    });
    const push = await pushTo(world, REPOSITORY, 'late-1');
    const sender = new WebhookSender(world.webhook);
    sender.send(push);
    await sender.allTaken();
    const { replicas } = world.portal;
    await Promise.all(replicas.map(replica => replica.kill()));
    await Promise.all(replicas.map(replica => replica.start()));

    await eventually(async () => {
      const rollouts = await world.portal
        .as('admin')
        .all<Rollout>('/rollouts?entityRef=component:default/api');
      expect(rollouts.map(({ image, state }) => [image.digest, state])).toEqual(
        [[push.digest, 'succeeded']],
      );
    });
    expect(imageOf(world, target)).toBe(referenceTo(world, push));
    expect(
      appliesTo(world, target).map(({ image }) => image.split('@')[1]),
    ).toEqual([push.digest]);
  }, 240_000);

  it(
    `lose nothing and repeat nothing of ${deliveries} deliveries, killed ${kills} times, their database ${restarts} times restarted`,
    async () => {
      const followers = ['shop-dev', 'shop-prod'].map(namespace =>
        deploymentOf(namespace, 'web'),
      );
      const mover = deploymentOf('shop-dev', 'api');
      const rule = { kind: 'regex', pattern: 'build-[0-9]+' } as const;
      const following = await Promise.all(
        followers.map(target =>
          makePolicy(world, target, { repository: REPOSITORY, rule }),
        ),
      );
      const moving = await makePolicy(world, mover, {
        repository: REPOSITORY,
        rule: { kind: 'same-tag', tag: 'latest' },
      });
      const storm = new ReplicaStorm(world, postgres, random, REPOSITORY);
      await storm.rage({ deliveries, kills, restarts }, n =>
        n % MOVING === 0 ? 'latest' : `build-${n}`,
      );
      const { acknowledged } = storm.sender;
      const ledger = await readLedger(
        world,
        [...following, moving],
        acknowledged,
      );
      tell('two replicas, PostgreSQL', random.seed, storm, ledger, {
        world,
        targets: [...followers, mover],
      });

      expect(storm.kills).toHaveLength(kills);
      expect(storm.restarts).toBe(restarts);
      expect(acknowledged).toHaveLength(deliveries);
      expect(faultsOf(ledger)).toEqual([]);
      expect(
        ledger.rollouts.filter(
          ({ state }) => state !== 'succeeded' && state !== 'superseded',
        ),
      ).toEqual([]);
      const moved = storm.pushes.filter(({ tag }) => tag === 'latest');
      const built = storm.pushes.filter(({ tag }) => tag !== 'latest');
      // A tag that moves may have gone on before its push was looked at.
      expect(outcomesOf(ledger, moving, moved.at(-1)!)).toEqual(['accepted']);
      expectInOrder(world, mover, moved);
      for (const policy of following) {
        expect(notDecidedOnce(ledger, policy, built)).toEqual([]);
      }
      for (const target of followers) {
        expectInOrder(world, target, built);
      }
    },
    AROUND_MS + (kills + restarts + deliveries / 10) * CYCLE_MS,
  );
});
