import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type PortalCall, signInTo } from './signInTo.mts';
import type { Settings } from './settings.mts';

const COMPONENT = 'component:default/api';
const TARGET = {
  cluster: 'sandbox',
  namespace: 'shop-staging',
  kind: 'Deployment',
  name: 'api',
  container: 'api',
};
/** Components may be made from images where their owner is listed. */
const OWNERS = ['group:default/team-shop'];
const ENVIRONMENTS = [
  { name: 'development', namespaces: ['shop-dev'], owners: OWNERS },
  { name: 'staging', namespaces: ['*-staging'], owners: OWNERS },
  { name: 'production', namespaces: ['*-prod'], owners: [] },
];
/** The catalog reads its files in the background after the start. */
const CATALOG_DEADLINE_MS = 30_000;

async function catalogKnows(call: PortalCall): Promise<void> {
  const deadline = Date.now() + CATALOG_DEADLINE_MS;
  for (;;) {
    try {
      await call('GET', '/api/catalog/entities/by-name/component/default/api');
      return;
    } catch (error) {
      if (Date.now() > deadline) {
        throw error;
      }
      await sleep(300);
    }
  }
}

/**
 * Gives a new portal something to look at, through the same door that people
 * use: three environments, and auto deploy of one component in one of them.
 * Done once per data folder, so that what people delete stays deleted.
 */
export async function seedPortal({ data, ports }: Settings): Promise<void> {
  const marker = join(data, 'seeded');
  if (existsSync(marker)) {
    return;
  }
  const backend = `http://localhost:${ports.backend}`;
  const admin = await signInTo(backend, 'admin');
  const owner = await signInTo(backend, 'owner');
  await catalogKnows(owner);

  const { items } = await admin<{ items: unknown[] }>(
    'GET',
    '/api/image-registry/environments',
  );
  if (items.length === 0) {
    for (const { name, namespaces, owners } of ENVIRONMENTS) {
      await admin('POST', '/api/image-registry/environments', {
        name,
        places: [{ cluster: TARGET.cluster, namespaces }],
        owners,
      });
    }
  }
  const key = encodeURIComponent(Object.values(TARGET).join('/'));
  await owner('POST', `/api/image-registry/targets/${key}/consent`, {
    entityRef: COMPONENT,
  });
  await owner('POST', '/api/image-registry/policies', {
    entityRef: COMPONENT,
    target: TARGET,
    image: { registryId: 'sandbox', repository: 'demo/api' },
    rule: { kind: 'semver', range: '^2' },
  });
  writeFileSync(marker, `${new Date().toISOString()}\n`);
}
