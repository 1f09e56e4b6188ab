import {
  Policy,
  TargetRef,
} from '@slipway/backstage-plugin-image-registry-common';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  appliesTo,
  deploymentOf,
  faultsOf,
  imageOf,
  Ledger,
  makeEnvironment,
  makePolicy,
  Push,
  pushTo,
  readLedger,
  referenceTo,
  SeededRandom,
  startWorld,
  WebhookSender,
  World,
} from './testing';

const REPOSITORY = 'system/web';
const pushCount = Number(process.env.SLIPWAY_CRASH_PUSHES ?? 200);
const killCount = Number(process.env.SLIPWAY_CRASH_KILLS ?? 20);
/** The same tag is pushed a fourth as often: it is about the last one. */
const sameTagPushCount = Math.ceil(pushCount / 4);
const sameTagKillCount = Math.ceil(killCount / 4);
/** A start and the work until the kill take so long on a busy machine, in ms. */
const CYCLE_MS = 30_000;
/** One kill in so many meets a portal that is still starting. */
const KILLED_WHILE_STARTING = 4;

/** Kills the portal at random moments while pushes come in. */
class Storm {
  readonly pushes: Push[] = [];
  readonly kills: string[] = [];
  readonly sender: WebhookSender;

  constructor(
    private readonly world: World,
    private readonly random: SeededRandom,
  ) {
    this.sender = new WebhookSender(world.webhook);
  }

  async rage(
    pushCount: number,
    killCount: number,
    tagOf: (n: number) => string,
  ) {
    const { backend } = this.world.portal;
    const perKill = Math.ceil(pushCount / (killCount + 1));
    for (let kill = 0; kill < killCount; kill++) {
      const pushing = this.#push(
        Math.min(pushCount, perKill * (kill + 1)),
        tagOf,
      );
      if (this.random.below(KILLED_WHILE_STARTING) === 0) {
        await backend.kill();
        backend.spawn();
        await this.#kill('starting', this.random.below(3000));
      } else {
        await this.#kill('working', this.random.below(2500));
      }
      await pushing;
      await backend.start();
    }
    await this.#push(pushCount, tagOf);
    await this.sender.allTaken();
  }

  async #kill(state: string, afterMs: number) {
    await sleep(afterMs);
    await this.world.portal.backend.kill();
    this.kills.push(`${state}, after ${afterMs} ms`);
  }

  async #push(until: number, tagOf: (n: number) => string) {
    while (this.pushes.length < until) {
      const tag = tagOf(this.pushes.length + 1);
      const push = await pushTo(this.world, REPOSITORY, tag);
      this.pushes.push(push);
      this.sender.send(push);
      await sleep(1 + this.random.below(250));
    }
  }
}

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

function count(values: string[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const value of values) {
    counts[value] = (counts[value] ?? 0) + 1;
  }
  return counts;
}

/** One line of what happened, for the log and for `./run test:soak`. */
function tell(name: string, seed: number, storm: Storm, ledger: Ledger) {
  const told = {
    test: name,
    seed,
    pushes: storm.pushes.length,
    kills: storm.kills.length,
    sends: storm.sender.attempts,
    deliveries: count(ledger.deliveries.map(({ outcome }) => outcome)),
    decisions: count(
      [...ledger.decisions.values()].flat().map(({ outcome }) => outcome),
    ),
    rollouts: count(ledger.rollouts.map(({ state }) => state)),
  };
  process.stdout.write(`crash test: ${JSON.stringify(told)}\n`);
}

describe('a portal that is killed at random moments', () => {
  const random = SeededRandom.fromEnvironment();
  let world: World;

  beforeAll(async () => {
    process.stdout.write(`crash test: SLIPWAY_SEED=${random.seed}\n`);
    world = await startWorld();
    await makeEnvironment(world);
    await pushTo(world, REPOSITORY, 'first');
  }, 180_000);

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
      const storm = new Storm(world, random);
      await storm.rage(pushCount, killCount, n => `build-${n}`);
      const { acknowledged } = storm.sender;
      const ledger = await readLedger(world, policies, acknowledged);
      tell('own tags', random.seed, storm, ledger);

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
        const positions = appliedPositions(world, target, storm.pushes);
        expect(positions.length).toBeGreaterThan(0);
        expect(positions).toEqual([...positions].sort((a, b) => a - b));
      }
    },
    180_000 + killCount * CYCLE_MS,
  );

  it(
    `runs the last of ${sameTagPushCount} pushes of one tag`,
    async () => {
      const target = deploymentOf('shop-dev', 'api');
      const policy = await makePolicy(world, target, {
        repository: REPOSITORY,
        rule: { kind: 'same-tag', tag: 'latest' },
      });
      const storm = new Storm(world, random);
      await storm.rage(sameTagPushCount, sameTagKillCount, () => 'latest');
      const { acknowledged } = storm.sender;
      const ledger = await readLedger(world, [policy], acknowledged);
      tell('one tag', random.seed, storm, ledger);

      expect(acknowledged).toHaveLength(sameTagPushCount);
      expect(faultsOf(ledger)).toEqual([]);
      const last = storm.pushes.at(-1)!;
      expect(outcomesOf(ledger, policy, last)).toEqual(['accepted']);
      expect(imageOf(world, target)).toBe(referenceTo(world, last));
      const positions = appliedPositions(world, target, storm.pushes);
      expect(positions).toEqual([...positions].sort((a, b) => a - b));
    },
    180_000 + sameTagKillCount * CYCLE_MS,
  );
});
