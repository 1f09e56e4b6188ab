import { setTimeout as sleep } from 'node:timers/promises';
import { type PortalCall, signInTo } from '../start/signInTo.mts';
import type { TargetName } from './Deployments.mts';
import { SandboxControl } from './SandboxControl.mts';
import type { PortalAddresses } from './startFreshPortal.mts';

/** Where a story begins: something of a component of its own runs. */
export interface StoryBegin {
  component: string;
  /** Below `demo`, in the sandbox registry. */
  repository: string;
  target: TargetName;
}

/** What a test that is tried again has to name anew. */
export interface StoryOptions {
  /** 0 at the first try. */
  attempt?: number;
}

const OWNERS = ['group:default/team-shop'];
const CATALOG_DEADLINE_MS = 60_000;

/** `till` runs in production, where Helm deployed it. */
export async function beginConflict(
  portal: PortalAddresses,
  { attempt = 0 }: StoryOptions = {},
): Promise<StoryBegin> {
  const begin = storyOf('till', 'till-prod', attempt);
  await pushAndRun(portal, begin, ['v1.0.0', 'v1.1.0', 'v1.2.0'], 'helm');
  return begin;
}

/**
 * `mailer` runs in an environment that returns what fails; consent is given,
 * and it is deployed once.
 */
export async function beginReturn(
  portal: PortalAddresses,
  { attempt = 0 }: StoryOptions = {},
): Promise<StoryBegin> {
  const begin = storyOf('mailer', 'mailer-acceptance', attempt);
  await environment(portal, 'acceptance', {
    places: [{ cluster: 'sandbox', namespaces: [begin.target.namespace] }],
    protection: { health: { rollBack: true } },
  });
  await pushAndRun(portal, begin, ['v1.0.0', 'v1.1.0']);
  return begin;
}

/** `parcel` is newer in staging than in `live`, which asks for an approval. */
export async function beginPromotion(
  portal: PortalAddresses,
  { attempt = 0 }: StoryOptions = {},
): Promise<StoryBegin> {
  const begin = storyOf('parcel', 'parcel-live', attempt);
  await environment(portal, 'live', {
    places: [{ cluster: 'sandbox', namespaces: [begin.target.namespace] }],
    protection: { approvals: { count: 1, group: OWNERS[0] } },
  });
  await pushAndRun(portal, begin, ['v1.0.0', 'v1.1.0', 'v1.2.0']);
  await new SandboxControl(portal.control).run({
    component: begin.component,
    name: begin.target.name,
    namespace: 'parcel-staging',
    image: imageOf(portal, begin, 'v1.2.0'),
  });
  return begin;
}

/** `ledger` runs in two clusters, in one environment. */
export async function beginTwoClusters(
  portal: PortalAddresses,
  { attempt = 0 }: StoryOptions = {},
): Promise<StoryBegin> {
  const begin = storyOf('ledger', 'ledger-world', attempt);
  const { namespace, name } = begin.target;
  await environment(portal, 'worldwide', {
    places: ['sandbox', 'eu'].map(cluster => ({
      cluster,
      namespaces: [namespace],
    })),
  });
  await pushAndRun(portal, begin, ['v1.0.0']);
  await new SandboxControl(portal.controlOfEu).run({
    component: begin.component,
    name,
    namespace,
    image: imageOf(portal, begin, 'v1.0.0'),
  });
  return begin;
}

/** `stall` was made from an image, in development, and is in the catalog. */
export async function beginEdit(
  portal: PortalAddresses,
  { attempt = 0 }: StoryOptions = {},
): Promise<StoryBegin> {
  const component = attempt === 0 ? 'stall' : `stall-${attempt}`;
  const owner = await signInTo(portal.url, 'owner');
  const { outcome } = await owner<{ outcome: string }>(
    'POST',
    '/api/image-registry/workloads',
    {
      name: component,
      owner: OWNERS[0],
      place: { cluster: 'sandbox', namespace: 'shop-dev' },
      image: { registryId: 'sandbox', repository: 'demo/web', tag: 'v1.2.1' },
      replicas: 1,
      ports: [{ name: 'http', port: 8080 }],
      env: [{ name: 'MODE', value: 'quiet' }],
      volumes: [],
      service: true,
    },
  );
  if (outcome !== 'created') {
    throw new Error(`${component} was ${outcome}, not created`);
  }
  await untilInCatalog(owner, component);
  return {
    component,
    repository: 'demo/web',
    target: {
      namespace: 'shop-dev',
      kind: 'Deployment',
      name: component,
      container: component,
    },
  };
}

/** The catalog takes what the portal made in the background. */
async function untilInCatalog(call: PortalCall, name: string): Promise<void> {
  const deadline = Date.now() + CATALOG_DEADLINE_MS;
  for (;;) {
    try {
      const path = `/api/catalog/entities/by-name/component/default/${name}`;
      await call('GET', path);
      return;
    } catch (error) {
      if (Date.now() > deadline) {
        throw error;
      }
      await sleep(200);
    }
  }
}

/** As the cluster names an image of the story. */
export function imageOf(
  { registry }: PortalAddresses,
  { repository }: StoryBegin,
  tag: string,
): string {
  return `${registry}/${repository}:${tag}`;
}

function storyOf(
  component: string,
  namespace: string,
  attempt: number,
): StoryBegin {
  const name = attempt === 0 ? component : `${component}-${attempt}`;
  return {
    component,
    repository: `demo/${name}`,
    target: { namespace, kind: 'Deployment', name, container: component },
  };
}

/** Pushes releases in their order and runs the first of them. */
async function pushAndRun(
  portal: PortalAddresses,
  begin: StoryBegin,
  tags: string[],
  manager?: string,
): Promise<void> {
  const sandbox = new SandboxControl(portal.control);
  for (const tag of tags) {
    await sandbox.push(begin.repository, tag);
  }
  await sandbox.run({
    component: begin.component,
    name: begin.target.name,
    namespace: begin.target.namespace,
    image: imageOf(portal, begin, tags[0]),
    manager,
  });
}

/** The last of the environments, unless it is there already. */
async function environment(
  portal: PortalAddresses,
  name: string,
  values: object,
): Promise<void> {
  const path = '/api/image-registry/environments';
  const admin: PortalCall = await signInTo(portal.url, 'admin');
  const { items } = await admin<{ items: { name: string }[] }>('GET', path);
  if (!items.some(each => each.name === name)) {
    await admin('POST', path, { name, owners: OWNERS, ...values });
  }
}
