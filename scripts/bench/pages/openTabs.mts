import { setTimeout as sleep } from 'node:timers/promises';
import type { BrowserContext, Page } from '@playwright/test';
import type { OpenTabsFigures } from './figures.mts';
import type { BenchCluster } from './BenchCluster.mts';
import { FEW, MANY } from './workloads.mts';

const TABS = Number(process.env.SLIPWAY_BENCH_TABS ?? 50);
/** Each tab looks again every 10 s. */
const SECONDS = 30;

/** What a cluster is asked about workloads. */
const WATCHED = {
  deployments: '/apis/apps/v1/deployments\\?',
  statefulsets: '/apis/apps/v1/statefulsets\\?',
  daemonsets: '/apis/apps/v1/daemonsets\\?',
  cronjobs: '/apis/batch/v1/cronjobs\\?',
  ...Object.fromEntries(
    ['bench-0', 'bench-1', 'bench-2', 'bench-3', 'shop-dev'].map(namespace => [
      `pods of ${namespace}`,
      `/api/v1/namespaces/${namespace}/pods\\?`,
    ]),
  ),
};

/** Opens the deploy tabs of two components, and counts at the API server. */
export async function measureOpenTabs(
  context: BrowserContext,
  cluster: BenchCluster,
): Promise<OpenTabsFigures> {
  const counters = await Promise.all(
    Object.entries(WATCHED).map(
      async ([name, path]) =>
        [name, await cluster.count(path, 'WATCH')] as const,
    ),
  );
  const begin = performance.now();
  const pages: Page[] = [];
  try {
    // One after the other: each loads and runs all of the portal's code.
    for (let tab = 0; tab < TABS; tab++) {
      const page = await context.newPage();
      pages.push(page);
      const { component } = tab % 5 === 0 ? MANY : FEW;
      await page.goto(`/catalog/default/component/${component}/deploy`);
      await page.locator('section article').first().waitFor();
    }
    const requests = await cluster.count('', 'GET');
    await sleep(SECONDS * 1000);
    const watches: Record<string, number> = {};
    for (const [name, count] of counters) {
      watches[name] = await count();
    }
    return {
      tabs: TABS,
      seconds: SECONDS,
      elapsedSeconds: (performance.now() - begin) / 1000,
      requests: await requests(),
      watches,
    };
  } finally {
    await Promise.all(pages.map(page => page.close()));
  }
}
