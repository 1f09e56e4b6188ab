import { setTimeout as sleep } from 'node:timers/promises';
import { type PortalCall, signInTo } from '../start/signInTo.mts';
import { Deployments, targetKey, type TargetName } from './Deployments.mts';
import { SandboxControl } from './SandboxControl.mts';
import type { PortalAddresses } from './startFreshPortal.mts';

/** What the views of the portal need to know of what is in it. */
export interface Story {
  targets: { [name in keyof typeof targets]: string };
  /** Of `web` in staging, succeeded. */
  rolloutId: string;
  /** Of a push that was deployed. */
  deliveryId: string;
  environmentId: string;
  /** Of an environment that asks for everything there is to ask for. */
  protectedEnvironmentId: string;
  /** Of `api` in production, which waits for an approval. */
  approvalId: string;
  registryId: string;
}

const targets = {
  webInStaging: {
    namespace: 'shop-staging',
    kind: 'Deployment',
    name: 'web',
    container: 'web',
  },
  webInProduction: {
    namespace: 'shop-prod',
    kind: 'Deployment',
    name: 'web',
    container: 'web',
  },
  apiInStaging: {
    namespace: 'shop-staging',
    kind: 'Deployment',
    name: 'api',
    container: 'api',
  },
  apiInProduction: {
    namespace: 'shop-prod',
    kind: 'Deployment',
    name: 'api',
    container: 'api',
  },
  workerInStaging: {
    namespace: 'shop-staging',
    kind: 'StatefulSet',
    name: 'worker',
    container: 'worker',
  },
} satisfies Record<string, TargetName>;

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
/** A push is heard of and decided in the background. */
const DELIVERY_DEADLINE_MS = 20_000;

/**
 * Lets a few things happen in a new portal, so that every page has something
 * to show: deploys that succeed and fail, pushes that are deployed and
 * ignored, a second registry with a webhook endpoint.
 */
export async function tellStory(portal: PortalAddresses): Promise<Story> {
  const admin = await signInTo(portal.url, 'admin');
  const owner = await signInTo(portal.url, 'owner');
  const sandbox = new SandboxControl(portal.control);
  const web = new Deployments(owner, 'web');
  const worker = new Deployments(owner, 'worker');

  await web.consent(targets.webInStaging);
  await web.deploy(targets.webInStaging, 'demo/web', 'v1.2.1');
  const succeeded = await web.deploy(
    targets.webInStaging,
    'demo/web',
    'v1.3.0',
    'New checkout page',
  );
  await worker.consent(targets.workerInStaging);
  await sandbox.push('demo/worker', '2026.12-crash');
  await worker.deploy(
    targets.workerInStaging,
    'demo/worker',
    '2026.12-crash',
    'Faster mail',
  );

  await askForApprovals(owner);
  await sandbox.push('demo/api', 'v2.4.0');
  await sandbox.push('demo/web', 'main-245-1f0c2d9');
  const registry = await admin<{ id: string }>(
    'POST',
    '/api/image-registry/registries',
    {
      name: 'Company registry',
      provider: 'distribution',
      address: `http://localhost:${portal.registry.split(':')[1]}`,
      grants: [{ to: { owners: ['group:default/team-shop'] } }],
    },
  );
  await admin(
    'POST',
    `/api/image-registry/registries/${registry.id}/webhook-endpoints`,
    { name: 'Shop', repositories: ['demo/*'] },
  );
  const environments = await admin<{ items: { id: string }[] }>(
    'GET',
    '/api/image-registry/environments',
  );
  return {
    targets: {
      webInStaging: targetKey(targets.webInStaging),
      webInProduction: targetKey(targets.webInProduction),
      apiInStaging: targetKey(targets.apiInStaging),
      apiInProduction: targetKey(targets.apiInProduction),
      workerInStaging: targetKey(targets.workerInStaging),
    },
    rolloutId: succeeded.id,
    deliveryId: await deployedDelivery(admin),
    environmentId: environments.items[0].id,
    protectedEnvironmentId: await protectedEnvironment(admin),
    approvalId: await pendingApproval(owner),
    registryId: registry.id,
  };
}

/** Of pushes of `api` to production; nobody is asked of what runs there now. */
async function askForApprovals(owner: PortalCall): Promise<void> {
  const target = targets.apiInProduction;
  await new Deployments(owner, 'api').consent(target);
  await owner('POST', '/api/image-registry/policies', {
    entityRef: 'component:default/api',
    target: { cluster: 'sandbox', ...target },
    image: { registryId: 'sandbox', repository: 'demo/api' },
    rule: { kind: 'semver', range: '~2.4' },
    mode: 'approve',
    gates: { minimumAgeMs: HOUR_MS },
  });
}

/** Nothing runs in it, so that it asks nothing of other tests. */
async function protectedEnvironment(admin: PortalCall): Promise<string> {
  const group = 'group:default/team-shop';
  const { id } = await admin<{ id: string }>(
    'POST',
    '/api/image-registry/environments',
    {
      name: 'eu-production',
      places: [{ cluster: 'sandbox', namespaces: ['shop-eu'] }],
      protection: {
        approvals: { count: 2, group, deadlineMs: 8 * HOUR_MS },
        windows: [
          {
            effect: 'deny',
            from: { day: 'friday', time: '16:00' },
            to: { day: 'monday', time: '08:00' },
            timeZone: 'Europe/Berlin',
          },
        ],
        gates: {
          minimumAgeMs: HOUR_MS,
          scan: { worst: 'medium' },
          signature: { kind: 'cosign' },
        },
        health: { soakMs: 5 * MINUTE_MS, rollBack: true },
        emergencyGroup: group,
      },
    },
  );
  return id;
}

/** The first of a listing that may still be empty. */
async function firstOf(
  call: PortalCall,
  path: string,
  what: string,
): Promise<string> {
  const deadline = Date.now() + DELIVERY_DEADLINE_MS;
  for (;;) {
    const { items } = await call<{ items: { id: string }[] }>('GET', path);
    if (items.length > 0) {
      return items[0].id;
    }
    if (Date.now() > deadline) {
      throw new Error(what);
    }
    await sleep(200);
  }
}

function deployedDelivery(call: PortalCall): Promise<string> {
  return firstOf(
    call,
    '/api/image-registry/deliveries?outcome=deployed',
    'No push was deployed',
  );
}

function pendingApproval(call: PortalCall): Promise<string> {
  return firstOf(
    call,
    '/api/image-registry/approvals',
    'No push waits for an approval',
  );
}
