import {
  AccessReview,
  PullAccess,
} from '@slipway/backstage-plugin-image-registry-common';
import {
  DriverError,
  PlaceOperations,
  RegistryError,
} from '@slipway/backstage-plugin-image-registry-node';
import { PullLoginRefusedError, RegistryService } from '../../registries';
import { Drivers } from '../../targets';
import { digestOf } from '../../testing';
import { ContainerPlan } from '../DeployPlanner';
import { PlaceChecks } from './PlaceChecks';

const target = {
  cluster: 'eu',
  namespace: 'shop',
  kind: 'Deployment' as const,
  name: 'web',
  container: 'web',
};
const digest = digestOf('a');
const plan = {
  target,
  registry: { id: 'company', name: 'company' },
  image: {
    repository: 'apps/web',
    digest,
    reference: `registry.test:5000/apps/web:v1@${digest}`,
  },
  details: { platforms: [] },
} as unknown as ContainerPlan;

const access = (change: Partial<PullAccess>): PullAccess => ({
  known: true,
  ok: false,
  host: 'registry.test',
  serviceAccount: 'default',
  secrets: [],
  reason: { code: 'pull-secret-none', message: 'None' },
  ...change,
});
const review = (...missing: string[]): AccessReview => ({
  cluster: 'eu',
  namespace: 'shop',
  user: 'portal',
  purposes: [
    {
      purpose: 'deploy',
      ok: missing.length === 0,
      missing: missing.map(resource => ({
        group: 'apps',
        resource,
        verb: 'patch',
      })),
    },
  ],
});

const login = { username: 'u', password: 'p', from: 'pull', host: 'h' };
const refused = new PullLoginRefusedError({
  code: 'pull-login-is-manage',
  message: 'Keeps its own',
});

function checks(
  cluster: Partial<PlaceOperations>,
  registry: Partial<RegistryService> = {},
) {
  const places = {
    nodePlatforms: async () => ({
      known: false,
      platforms: [],
      fitting: 0,
      total: 0,
    }),
    accessReview: async () => review(),
    podQuotaCheck: async () => ({ known: true, fits: true, amounts: [] }),
    pullAccess: async () => access({ ok: true }),
    ...cluster,
  };
  return new PlaceChecks({
    drivers: { places: async () => places } as unknown as Drivers,
    registries: {
      pullLogin: async () => login,
      tryPull: async () => true,
      ...registry,
    } as unknown as RegistryService,
  });
}

const named = async <C extends { name: string }>(
  name: string,
  all: Promise<C[]>,
) => (await all).find(check => check.name === name);

describe('PlaceChecks', () => {
  it.each<[string, object, object, object]>([
    ['a secret that fits', access({ ok: true }), {}, { ok: true }],
    [
      'none, which the portal can put there',
      access({}),
      {},
      { ok: false, warning: true, fix: 'pull-secret' },
    ],
    [
      'secrets that may not be read',
      access({ known: false }),
      {},
      { ok: true, warning: true, fix: undefined },
    ],
    [
      'none, and no login that clusters may have',
      access({}),
      {
        pullLogin: async () => {
          throw refused;
        },
      },
      { ok: false, fix: undefined, reason: { code: 'pull-login-is-manage' } },
    ],
    [
      'a registry without sign-in',
      access({}),
      { pullLogin: async () => undefined },
      { ok: true, reason: { code: 'pull-anonymous' } },
    ],
  ])('tells of the pull: %s', async (_, found, registry, expected) => {
    const pullAccess = jest.fn(async () => found as PullAccess);
    const of = checks({ pullAccess }, registry).ofImage(plan);
    const { fix, ...check } = (await named('pull', of)) ?? {};
    expect({ ...check, fix }).toMatchObject(expected);
    for (const [query] of pullAccess.mock.calls as unknown[][]) {
      expect(query).toMatchObject({ host: 'registry.test:5000/apps/web' });
    }
  });

  it.each<[string, RegistryService['tryPull'], object | undefined]>([
    ['given out', async () => true, { ok: true }],
    ['a kind that cannot be tried', async () => false, undefined],
    [
      'refused in the registry’s words',
      async () => {
        throw new RegistryError('forbidden', 'Harbor: not signed');
      },
      {
        ok: false,
        warning: true,
        reason: { params: { detail: 'Harbor: not signed' } },
      },
    ],
  ])('tells of the manifest: %s', async (_, tryPull, expected) => {
    const found = await named(
      'manifest',
      checks({}, { tryPull }).ofImage(plan),
    );
    expect(found === undefined).toBe(expected === undefined);
    expect(found ?? {}).toMatchObject(expected ?? {});
  });

  it.each([
    ['another kind', ['cronjobs']],
    ['nothing', []],
  ])('misses no right: %s', async (_, missing) => {
    const of = checks({ accessReview: async () => review(...missing) });
    const check = await named('permission', of.ofPlace(target));
    expect(check?.ok).toBe(true);
  });

  it('names the right that is missing', async () => {
    const of = checks({ accessReview: async () => review('deployments') });
    expect(await named('permission', of.ofPlace(target))).toMatchObject({
      ok: false,
      reason: {
        params: {
          user: 'portal',
          namespace: 'shop',
          what: 'patch deployments',
        },
      },
    });
  });

  it('asks for the quota only of kinds that start a pod more', async () => {
    const full = { code: 'quota-exceeded', message: 'Full' };
    const podQuotaCheck = async () => ({
      known: true,
      fits: false,
      amounts: [],
      reason: full,
    });
    const places = checks({ podQuotaCheck });
    expect(await named('quota', places.ofPlace(target))).toMatchObject({
      ok: false,
      warning: true,
      reason: full,
    });
    const set = { ...target, kind: 'StatefulSet' as const };
    expect(await named('quota', places.ofPlace(set))).toBeUndefined();
  });

  it('tells what could not be asked, and hinders nobody', async () => {
    const away = async () => {
      throw new DriverError('cluster-unreachable', 'No answer');
    };
    const places = checks({
      nodePlatforms: away,
      pullAccess: away,
      accessReview: away,
      podQuotaCheck: away,
    });
    const all = [
      ...(await places.ofPlace(target)),
      ...(await places.ofImage(plan)),
    ].filter(({ name }) => name !== 'manifest');
    expect(all).toHaveLength(4);
    for (const check of all) {
      expect(check).toMatchObject({
        ok: true,
        warning: true,
        reason: { code: 'not-checked', params: { detail: 'No answer' } },
      });
    }
  });
});
