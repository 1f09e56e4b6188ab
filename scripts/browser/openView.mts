import type { Browser, BrowserContext, Page } from '@playwright/test';
import type { View } from './views.mts';

/** How a person likes to see the portal. */
export interface Looks {
  language: 'en' | 'zh';
  theme: 'light' | 'dark';
  /** Width of the window, in CSS pixels. */
  width: number;
}

const HEIGHT = 900;
/** As the portal's own code names them in the browser's storage. */
const storage = {
  person: 'slipway.developmentPerson',
  language: 'language',
};

/** A window in which somebody is signed in already. */
export async function openWindow(
  browser: Browser,
  portalUrl: string,
  looks: Looks,
  person?: View['person'],
): Promise<BrowserContext> {
  const context = await browser.newContext({
    baseURL: portalUrl,
    viewport: { width: looks.width, height: HEIGHT },
    // Nobody has chosen a theme, so the portal follows what the system likes.
    colorScheme: looks.theme,
    // The same words and times of day on every machine.
    locale: looks.language === 'zh' ? 'zh-CN' : 'en-US',
    timezoneId: 'UTC',
    reducedMotion: 'reduce',
  });
  await context.addInitScript(
    ({ names, values }) => {
      localStorage.setItem(names.language, values.language);
      if (values.person) {
        sessionStorage.setItem(names.person, values.person);
      }
    },
    { names: storage, values: { ...looks, person } },
  );
  return context;
}

/** Goes to the address of a view and waits until it shows what it has. */
export async function openView(page: Page, view: View): Promise<void> {
  await page.goto(view.path);
  await untilShown(page, view);
}

/** Waits until a view shows what it has. */
export async function untilShown(page: Page, view: View): Promise<void> {
  await page.locator(view.shows).first().waitFor();
  await settled(page);
  if (view.scrollsTo) {
    await page.locator(view.scrollsTo).scrollIntoViewIfNeeded();
  }
}

/** How often it is looked at, in ms: each frame would keep the processor busy. */
const POLL = 50;
/** How long a page that may load something has to stay as it is, in ms. */
const CALM = 400;

/**
 * Waits until nothing on the page is a placeholder, loading or moving.
 *
 * @param calm - how long it has to stay so, in ms
 */
export async function settled(page: Page, calm = CALM): Promise<void> {
  await page.evaluate(() => delete document.documentElement.dataset.calmSince);
  await page.waitForFunction(
    longEnough => {
      const placeholders = document.querySelectorAll(
        '.MuiSkeleton-root, .MuiCircularProgress-indeterminate, [aria-busy="true"]',
      );
      // Rows below the edge of a list wait until somebody scrolls to them.
      const seen = (element: Element) => {
        const { x, y, width, height } = element.getBoundingClientRect();
        const there = document.elementFromPoint(x + width / 2, y + height / 2);
        return there !== null && element.contains(there);
      };
      const busy =
        [...placeholders].some(seen) ||
        document.getAnimations().some(
          animation =>
            animation.playState === 'running' &&
            // Others follow the scroll position and never end.
            animation.timeline instanceof DocumentTimeline &&
            animation.effect?.getTiming().iterations !== Infinity,
        );
      const { dataset } = document.documentElement;
      if (busy) {
        delete dataset.calmSince;
        return false;
      }
      dataset.calmSince ??= String(performance.now());
      return performance.now() - Number(dataset.calmSince) > longEnough;
    },
    calm,
    { polling: POLL },
  );
}
