import { resolve } from 'node:path';
import { chromium } from '@playwright/test';
import { chromiumArguments, findChromium } from '../../browser/chromium.mts';
import { openWindow } from '../../browser/openView.mts';
import { measureDeployTab } from './deployTab.mts';
import type { PageFigures } from './figures.mts';
import { measureOpenTabs } from './openTabs.mts';
import { measurePreview } from './preview.mts';
import { startSurroundings } from './surroundings.mts';
import { FEW, MANY } from './workloads.mts';

const root = resolve(import.meta.dirname, '../../..');
const looks = { language: 'en', theme: 'light', width: 1280 } as const;

async function measure(): Promise<PageFigures> {
  const { portal, cluster, stop } = await startSurroundings(root);
  const browser = await chromium.launch({
    executablePath: findChromium(),
    args: chromiumArguments,
  });
  try {
    const context = await openWindow(browser, portal.url, looks, 'owner');
    // The first that look: before them the cluster has no watch.
    const openTabs = told(await measureOpenTabs(context, cluster));
    const page = await context.newPage();
    const deployTab = [
      told(await measureDeployTab(page, FEW.component)),
      told(await measureDeployTab(page, MANY.component)),
    ];
    const preview = told(await measurePreview(page));
    return { deployTab, preview, openTabs };
  } finally {
    await browser.close();
    await stop();
  }
}

/** All takes minutes: what is known is told on the way. */
function told<T>(figures: T): T {
  process.stderr.write(`${JSON.stringify(figures)}\n`);
  return figures;
}

measure().then(
  figures => process.stdout.write(JSON.stringify(figures)),
  error => {
    process.stderr.write(`${error.stack}\n`);
    process.exitCode = 1;
  },
);
