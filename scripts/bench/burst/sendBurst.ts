import { pushImage } from '@slipway/sandbox';
import { Agent, request } from 'node:http';
import {
  eventOf,
  Push,
  World,
} from '../../../packages/backend/src/systemTests/testing';
import { BurstTarget } from './manyTargets';

/** Pushes on their way at a time. */
const CONNECTIONS = 64;

/** What was sent in a burst. */
export interface Burst {
  /** By repository, the oldest version first. */
  pushed: Map<string, Push[]>;
  /** Ms that each call waited for its answer. */
  answered: number[];
}

/** Pushes a version to each target in turn, and again, each told at once. */
export async function sendBurst(
  world: World,
  targets: BurstTarget[],
  versions: { first: number; count: number },
): Promise<Burst> {
  // A kept connection may be closed by the portal just as it is used again.
  const agent = new Agent({ keepAlive: false, maxSockets: CONNECTIONS });
  const pushed = new Map<string, Push[]>(
    targets.map(({ repository }) => [repository, []]),
  );
  const answered: number[] = [];
  let next = 0;
  const sendAll = async () => {
    while (next < targets.length * versions.count) {
      const n = next++;
      const { repository } = targets[n % targets.length];
      const patch = versions.first + Math.floor(n / targets.length);
      const tag = `1.0.${patch}`;
      const { digest } = await pushImage(world.registry.url, {
        repository,
        tag,
      });
      const push = { repository, tag, digest, at: new Date().toISOString() };
      pushed.get(repository)![patch - versions.first] = push;
      const begin = performance.now();
      await tell(world, agent, push);
      answered.push(performance.now() - begin);
    }
  };
  try {
    await Promise.all(Array.from({ length: CONNECTIONS }, sendAll));
  } finally {
    agent.destroy();
  }
  return { pushed, answered };
}

function tell({ webhook }: World, agent: Agent, push: Push): Promise<void> {
  const body = JSON.stringify({ events: [eventOf(push)] });
  return new Promise((resolve, reject) => {
    request(
      webhook.url,
      {
        agent,
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
      .once('error', error =>
        reject(new Error(`The portal was told, and failed: ${error.message}`)),
      )
      .end(body);
  });
}
