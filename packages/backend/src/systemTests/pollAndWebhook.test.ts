import {
  Decision,
  Policy,
  Registry,
  WebhookEndpointSecret,
} from '@slipway/backstage-plugin-image-registry-common';
import { pushImage } from '@slipway/sandbox';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  deploymentOf,
  DockerRegistry,
  eventually,
  faultsOf,
  imageOf,
  makeEnvironment,
  makePolicy,
  missingPrograms,
  outcomesOf,
  Push,
  readLedger,
  SeededRandom,
  SlowRelay,
  startWorld,
  tell,
  World,
} from './testing';

const missing = missingPrograms().filter(name => name === 'docker-registry');
const suite = missing.length === 0 ? describe : describe.skip;
const reason =
  missing.length === 0 ? '' : ' (skipped: docker-registry is not installed)';

const REPOSITORY = 'team/web';
/** One push in so many is of the tag that moves. */
const MOVING = 5;
/** Longest time between two pushes, in ms. */
const LONGEST_GAP_MS = 60;
/** So long a notification is held back at most, in ms. */
const LONGEST_DELAY_MS = 150;
/** Start of the world and what comes after the last push, in ms. */
const AROUND_MS = 240_000;

const pushCount = Number(process.env.SLIPWAY_POLL_PUSHES ?? 100);

suite(`docker-registry, polled and heard at the same time${reason}`, () => {
  const random = SeededRandom.fromEnvironment();
  let dockerRegistry: DockerRegistry;
  let world: World;
  let relay: SlowRelay;
  let registryId: string;

  beforeAll(async () => {
    process.stdout.write(`poll and webhook: SLIPWAY_SEED=${random.seed}\n`);
    dockerRegistry = await DockerRegistry.prepare({ open: true });
    await dockerRegistry.start();
    world = await startWorld({
      allowedLoopback: [dockerRegistry.address],
      imageRegistry: { poll: { interval: { seconds: 1 } } },
    });
    await makeEnvironment(world);
    const admin = world.portal.as('admin');
    ({ id: registryId } = await admin.post<Registry>('/registries', {
      name: 'Team registry',
      provider: 'distribution',
      address: dockerRegistry.url,
      grants: [{ to: 'all' }],
    }));
    const { endpoint, secret } = await admin.post<WebhookEndpointSecret>(
      `/registries/${registryId}/webhook-endpoints`,
      { name: 'Pushes' },
    );
    await push('0.0.1');
    relay = await SlowRelay.start(endpoint.url, random, LONGEST_DELAY_MS);
    await dockerRegistry.halt();
    await dockerRegistry.start({
      url: relay.url,
      authorization: `Bearer ${secret}`,
    });
  }, 240_000);

  afterAll(async () => {
    await dockerRegistry?.stop();
    await relay?.stop();
    await world?.stop();
  });

  async function push(tag: string): Promise<Push> {
    const { digest } = await pushImage(dockerRegistry.url, {
      repository: REPOSITORY,
      tag,
    });
    return { repository: REPOSITORY, tag, digest, at: '' };
  }

  it(
    `decides each of ${pushCount} changes once`,
    async () => {
      const web = deploymentOf('shop-dev', 'web');
      const api = deploymentOf('shop-dev', 'api');
      const image = { registryId, repository: REPOSITORY };
      const following = await makePolicy(world, web, {
        ...image,
        rule: { kind: 'semver', range: '^1' },
      });
      const moving = await makePolicy(world, api, {
        ...image,
        rule: { kind: 'same-tag', tag: 'latest' },
      });
      const versions: Push[] = [];
      const moved: Push[] = [];
      for (let n = 1; n <= pushCount; n++) {
        if (n % MOVING === 0) {
          moved.push(await push('latest'));
        } else {
          versions.push(await push(`1.0.${n}`));
        }
        await sleep(random.below(LONGEST_GAP_MS));
      }

      const owner = world.portal.as('owner');
      const decidedBy = async ({ id }: Policy) => {
        const all = await owner.all<Decision>(`/decisions?policyId=${id}`);
        return new Set(all.map(({ digest }) => digest));
      };
      await eventually(async () => {
        const ofVersions = await decidedBy(following);
        expect(versions.filter(each => !ofVersions.has(each.digest))).toEqual(
          [],
        );
        expect(await decidedBy(moving)).toContain(moved.at(-1)!.digest);
      });
      const ledger = await readLedger(world, [following, moving], []);
      tell(
        'poll and webhook',
        random.seed,
        { pushes: [...versions, ...moved], kills: [], sender: relay },
        ledger,
        { world, targets: [web, api] },
      );

      expect(faultsOf(ledger)).toEqual([]);
      const several = versions
        .filter(each => outcomesOf(ledger, following, each).length !== 1)
        .map(({ digest }) =>
          ledger.decisions
            .get(following.id)
            ?.filter(decision => decision.digest === digest),
        );
      expect(several).toEqual([]);
      // Of a tag that moves some images are gone before anyone looks.
      const outcomes = moved.map(each => outcomesOf(ledger, moving, each));
      expect(outcomes.filter(({ length }) => length > 1)).toEqual([]);
      expect(outcomes.at(-1)).toEqual(['accepted']);

      const decisions = [...ledger.decisions.values()].flat();
      const heard = decisions.filter(({ eventId }) => eventId !== undefined);
      process.stdout.write(
        `poll and webhook: ${decisions.length} decisions, ${heard.length} of them heard of\n`,
      );
      // On a slow machine all may be heard of before anyone looks.
      expect(heard.length).toBeGreaterThan(0);
      for (const [target, last] of [
        [web, versions.at(-1)!],
        [api, moved.at(-1)!],
      ] as const) {
        expect(imageOf(world, target)).toBe(
          `${dockerRegistry.address}/${REPOSITORY}:${last.tag}@${last.digest}`,
        );
      }
    },
    AROUND_MS + pushCount * 1_000,
  );
});
