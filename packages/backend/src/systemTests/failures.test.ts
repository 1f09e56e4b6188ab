import {
  Delivery,
  Environment,
  Hold,
  Rollout,
  RolloutEvidence,
  TargetRef,
} from '@slipway/backstage-plugin-image-registry-common';
import createKnex from 'knex';
import {
  appliesTo,
  deploymentOf,
  eventually,
  faultsOf,
  imageOf,
  makeEnvironment,
  makePolicy,
  Push,
  pushTo,
  readLedger,
  referenceTo,
  startWorld,
  WebhookSender,
  World,
} from './testing';

// Starts and waits take what a busy machine takes.
jest.setTimeout(300_000);

const REPOSITORY = 'system/web';
const target = deploymentOf('shop-dev', 'web');
const rule = { kind: 'regex', pattern: 'build-.+' } as const;

/** Makes environment and policy before anything goes wrong. */
async function settle(world: World): Promise<void> {
  await makeEnvironment(world);
  await pushTo(world, REPOSITORY, 'first');
  await makePolicy(world, target, { repository: REPOSITORY, rule });
}

/** Pushes, and waits until the portal said that it received it. */
async function pushAndTell(world: World, tag: string): Promise<Push> {
  const push = await pushTo(world, REPOSITORY, tag);
  const sender = new WebhookSender(world.webhook);
  sender.send(push);
  await sender.allTaken();
  return push;
}

function rolloutsOf(world: World, { digest }: Push): Promise<Rollout[]> {
  return world.portal
    .as('admin')
    .all<Rollout>('/rollouts')
    .then(all => all.filter(({ image }) => image.digest === digest));
}

async function deployed(world: World, push: Push): Promise<void> {
  await eventually(async () => {
    const rollouts = await rolloutsOf(world, push);
    expect(rollouts.map(({ state }) => state)).toEqual(['succeeded']);
  });
  expect(imageOf(world, target)).toBe(referenceTo(world, push));
}

function appliesOf(world: World, where: TargetRef, push: Push): number {
  return appliesTo(world, where).filter(({ image }) =>
    image.endsWith(push.digest),
  ).length;
}

describe('what fails around a portal on SQLite', () => {
  let world: World;

  beforeAll(async () => {
    world = await startWorld();
    await settle(world);
  });

  afterAll(async () => {
    await world?.stop();
  });

  it('waits with a reason for a registry that is down', async () => {
    world.registry.faults.add({
      skip: 0,
      path: '/manifests/build-',
      effect: { kind: 'status', status: 503 },
      method: 'HEAD',
    });
    const before = imageOf(world, target);
    // The registry takes the push and cannot be asked about it.
    const push = await pushAndTell(world, 'build-registry-down');
    await eventually(async () => {
      const [waiting] = await world.portal
        .as('admin')
        .all<Delivery>('/deliveries?outcome=waiting');
      expect(waiting?.events[0]).toMatchObject({
        tag: push.tag,
        reason: { message: expect.stringContaining('503') },
        nextAttemptAt: expect.any(String),
      });
    });
    expect(imageOf(world, target)).toBe(before);

    world.registry.faults.clear();
    await deployed(world, push);
  });

  it('waits with a reason for a cluster that is down', async () => {
    world.cluster.faults.set({ effect: { kind: 'outage' } });
    const push = await pushAndTell(world, 'build-cluster-down');
    await eventually(async () => {
      const [rollout] = await rolloutsOf(world, push);
      expect(rollout).toMatchObject({
        state: 'waiting',
        reason: { message: expect.stringContaining('sandbox') },
        nextAttemptAt: expect.any(String),
      });
    });

    world.cluster.faults.clear();
    await deployed(world, push);
    expect(appliesOf(world, target, push)).toBe(1);
  });

  it('decides after a kill what it had only received', async () => {
    world.registry.faults.add({
      skip: 0,
      method: 'HEAD',
      path: '/manifests/build-',
      effect: { kind: 'latency', milliseconds: 5_000 },
    });
    const push = await pushAndTell(world, 'build-undecided');
    await world.portal.backend.kill();
    world.registry.faults.clear();
    expect(appliesOf(world, target, push)).toBe(0);

    await world.portal.backend.start();
    await deployed(world, push);
    expect(appliesOf(world, target, push)).toBe(1);
  });

  it('goes on with a rollout that a kill interrupted, once', async () => {
    const push = await pushAndTell(world, 'build-slow');
    await eventually(
      async () => {
        const [rollout] = await rolloutsOf(world, push);
        expect(rollout?.state).toBe('progressing');
      },
      { intervalMs: 20 },
    );
    await world.portal.backend.restart();
    await deployed(world, push);
    expect(appliesOf(world, target, push)).toBe(1);
  });

  it('loses nothing while its database file is locked', async () => {
    const other = createKnex({
      client: 'better-sqlite3',
      connection: { filename: world.portal.databaseFile },
      useNullAsDefault: true,
    });
    await other.raw('BEGIN EXCLUSIVE');
    const push = await pushTo(world, REPOSITORY, 'build-locked');
    const sender = new WebhookSender(world.webhook);
    sender.send(push);
    // Refused or not answered yet, and never said to be received.
    await eventually(() => expect(sender.attempts).toBeGreaterThan(1));
    expect(sender.acknowledged).toEqual([]);
    await other.raw('ROLLBACK');
    await other.destroy();

    await sender.allTaken();
    await deployed(world, push);
  });

  it('runs one of two people’s deploys at a time, and then the last', async () => {
    const pushes = [];
    for (let n = 0; n < 6; n++) {
      pushes.push(await pushTo(world, REPOSITORY, `by-hand-${n}`));
    }
    const rollouts = await Promise.all(
      pushes.map(({ tag }, n) =>
        world.portal.as(n % 2 ? 'owner' : 'owner2').post<Rollout>('/rollouts', {
          entityRef: 'component:default/web',
          target,
          image: { registryId: 'sandbox', repository: REPOSITORY, tag },
        }),
      ),
    );
    const ledger = await readLedger(world, [], []);
    expect(faultsOf(ledger)).toEqual([]);
    const own = ledger.rollouts
      .filter(({ id }) => rollouts.some(each => each.id === id))
      .sort((a, b) => a.sequence - b.sequence);
    expect(own).toHaveLength(pushes.length);
    expect(own.at(-1)?.state).toBe('succeeded');
    expect(imageOf(world, target)).toBe(own.at(-1)?.image.reference);
  });

  const holds = async () =>
    (await world.portal.as('owner').get<{ items: Hold[] }>('/holds')).items;

  /** Lets the automation go on, until it runs what was pushed. */
  async function resume(tag: string): Promise<Push> {
    const owner = world.portal.as('owner');
    for (const { id } of await holds()) {
      await owner.delete(`/holds/${id}`);
    }
    const push = await pushAndTell(world, tag);
    await deployed(world, push);
    return push;
  }

  it('returns by itself from what crashes, holds, and does not try it again', async () => {
    const admin = world.portal.as('admin');
    const [environment] = await admin.all<Environment>('/environments');
    await admin.patch(`/environments/${environment.id}`, {
      version: environment.version,
      protection: { health: { rollBack: true, deadlineMs: 600_000 } },
    });
    const good = await resume('build-good');
    const bad = await pushAndTell(world, 'build-bad-crash');
    const returned = await eventually(async () => {
      const [rollout] = await rolloutsOf(world, bad);
      expect(rollout).toMatchObject({
        state: 'rolled-back',
        returnTo: { digest: good.digest },
        hasEvidence: true,
      });
      return rollout;
    });
    expect(imageOf(world, target)).toBe(referenceTo(world, good));
    const owner = world.portal.as('owner');
    const left = await owner.get<RolloutEvidence>(
      `/rollouts/${returned.id}/evidence`,
    );
    expect(left.logs.map(({ text }) => text).join()).not.toBe('');
    expect(await holds()).toMatchObject([
      { because: { code: 'held-after-return' } },
    ]);

    const next = await resume('build-next');
    expect(await rolloutsOf(world, bad)).toHaveLength(1);
    expect(imageOf(world, target)).toBe(referenceTo(world, next));
  });
});
