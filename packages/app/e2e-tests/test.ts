import {
  type Browser,
  expect,
  type Page,
  test as base,
} from '@playwright/test';
import { findChromium } from '../../../scripts/browser/chromium.mts';
import { type Looks, openWindow } from '../../../scripts/browser/openView.mts';
import { SandboxControl } from '../../../scripts/browser/SandboxControl.mts';
import { type PortalCall, signInTo } from '../../../scripts/start/signInTo.mts';
import { readSurroundings, type Surroundings } from './surroundings';

export { expect };

/** One of the people of the development sign-in. */
export type Person = 'admin' | 'owner' | 'owner2' | 'outsider';

interface Fixtures {
  surroundings: Surroundings;
  sandbox: SandboxControl;
  /** Opens a window; without a person, nobody is signed in. */
  open(person?: Person, looks?: Partial<Looks>): Promise<Page>;
  /** The REST routes as a person. */
  as(person: Person): Promise<PortalCall>;
}

const usual: Looks = { language: 'en', theme: 'light', width: 1280 };

/** A test in a browser, with a portal that runs. */
export const test = base.extend<Fixtures & { needsChromium: void }>({
  needsChromium: [
    async ({}, use, testInfo) => {
      testInfo.skip(!findChromium(), 'chromium is not installed');
      await use();
    },
    { auto: true },
  ],
  surroundings: async ({}, use) => {
    await use(readSurroundings());
  },
  sandbox: async ({ surroundings }, use) => {
    await use(new SandboxControl(surroundings.portal.control));
  },
  open: async ({ browser, surroundings }, use) => {
    const close: (() => Promise<void>)[] = [];
    await use(async (person, looks) => {
      const page = await openPage(browser, surroundings, person, looks);
      close.push(() => page.context().close());
      return page;
    });
    await Promise.all(close.map(each => each()));
  },
  as: async ({ surroundings }, use) => {
    await use(person => signInTo(surroundings.portal.url, person));
  },
});

async function openPage(
  browser: Browser,
  surroundings: Surroundings,
  person?: Person,
  looks?: Partial<Looks>,
) {
  const context = await openWindow(
    browser,
    surroundings.portal.url,
    { ...usual, ...looks },
    person,
  );
  return context.newPage();
}
