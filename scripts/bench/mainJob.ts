import { request } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  appliesTo,
  deploymentOf,
  eventually,
  makeEnvironment,
  makePolicy,
  Push,
  pushTo,
  RestClient,
  startWorld,
  World,
  WorldOptions,
  eventOf,
} from '../../packages/backend/src/systemTests/testing';

/** What one portal took, each in milliseconds. */
export interface MainJobTimes {
  /** POST of a notification → the whole answer. */
  webhook: number[];
  /** Notification sent → the cluster has received the PATCH. */
  pushToApply: number[];
}

const REPOSITORY = 'bench/web';
const UNWATCHED = 'bench/unwatched';
const WARM_UP = 20;
const WEBHOOKS = 200;
const DEPLOYS = 60;

/** Measures one portal while nothing else runs in it. */
export async function measureMainJob(
  options: Pick<WorldOptions, 'postgres'>,
): Promise<MainJobTimes> {
  const world = await startWorld(options);
  try {
    return {
      webhook: await measureWebhook(world),
      pushToApply: await measurePushToApply(world),
    };
  } finally {
    await world.stop();
  }
}

async function measureWebhook(world: World): Promise<number[]> {
  const times: number[] = [];
  for (let n = 0; n < WARM_UP + WEBHOOKS; n++) {
    const push = await pushTo(world, UNWATCHED, `build-${n}`);
    const begin = performance.now();
    await notify(world, push);
    times.push(performance.now() - begin);
    // Until it has been confirmed and decided.
    await sleep(100);
  }
  return times.slice(WARM_UP);
}

async function measurePushToApply(world: World): Promise<number[]> {
  const target = deploymentOf('shop-dev', 'web');
  await makeEnvironment(world);
  await pushTo(world, REPOSITORY, 'first');
  await makePolicy(world, target, {
    repository: REPOSITORY,
    rule: { kind: 'regex', pattern: 'build-[0-9]+' },
  });
  const owner = world.portal.as('owner');
  const times: number[] = [];
  for (let n = 0; n < WARM_UP + DEPLOYS; n++) {
    const push = await pushTo(world, REPOSITORY, `build-${n}`);
    const begin = Date.now();
    await notify(world, push);
    const { at } = await eventually(
      () => {
        const apply = appliesTo(world, target).find(({ image }) =>
          image.endsWith(push.digest),
        );
        if (!apply) {
          throw new Error(`${push.tag} was not applied`);
        }
        return apply;
      },
      { intervalMs: 50 },
    );
    times.push(at - begin);
    await succeeded(owner, push);
  }
  return times.slice(WARM_UP);
}

async function succeeded(owner: RestClient, { digest }: Push): Promise<void> {
  await eventually(async () => {
    const { items } = await owner.get<{
      items: { image: { digest?: string } }[];
    }>('/rollouts?state=succeeded&limit=1');
    if (items[0]?.image.digest !== digest) {
      throw new Error(`${digest} has not been rolled out`);
    }
  });
}

/** One notification as a registry sends it, without a client's own delays. */
function notify({ webhook }: World, push: Push): Promise<void> {
  const body = JSON.stringify({ events: [eventOf(push)] });
  return new Promise((resolve, reject) => {
    request(
      webhook.url,
      {
        method: 'POST',
        headers: {
          authorization: webhook.authorization,
          'content-type': 'application/vnd.docker.distribution.events.v2+json',
          'content-length': Buffer.byteLength(body),
        },
      },
      response => {
        response.resume();
        response.once('end', () => {
          if (response.statusCode === 202) {
            resolve();
          } else {
            reject(new Error(`The portal answered ${response.statusCode}`));
          }
        });
      },
    )
      .once('error', reject)
      .end(body);
  });
}
