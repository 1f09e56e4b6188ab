import type { Page } from '@playwright/test';
import type { DeployTabFigures } from './figures.mts';

/** Times that the tab is opened, after those that do not count. */
const RUNS = 15;
/** The first loads the code, and the portal learns which cluster is down. */
const WARM_UP = 3;

/** Opens the tab again and again, from the tab beside it. */
export async function measureDeployTab(
  page: Page,
  component: string,
): Promise<DeployTabFigures> {
  const path = `/catalog/default/component/${component}`;
  await page.goto(path);
  const firstContent: number[] = [];
  const fromPress: number[] = [];
  let cards = 0;
  for (let run = 0; run < WARM_UP + RUNS; run++) {
    await page.locator(`a[href="${path}/deploy"]`).first().waitFor();
    const took = await page.evaluate(openTab, `${path}/deploy`);
    if (run >= WARM_UP) {
      firstContent.push(took.fromMount);
      fromPress.push(took.fromPress);
    }
    await page.waitForLoadState('networkidle');
    cards = await page.locator('section article').count();
    // Without the browser's own wait for a place to press.
    await page
      .locator(`a[href="${path}"], a[href="${path}/"]`)
      .last()
      .evaluate(leadAway);
    await page
      .locator('section article')
      .first()
      .waitFor({ state: 'detached' });
    await page.waitForLoadState('networkidle');
  }
  return { component, cards, firstContent, fromPress };
}

interface Took {
  fromPress: number;
  /** From the placeholders that the tab begins with. */
  fromMount: number;
}

/** In the page: presses the tab and waits for the first card to be drawn. */
function openTab(href: string): Promise<Took> {
  return new Promise(resolve => {
    const tab = document.querySelector<HTMLAnchorElement>(`a[href="${href}"]`);
    const pressed = performance.now();
    let mounted: number | undefined;
    const observer = new MutationObserver(() => {
      const isThere = document.querySelector('section article');
      if (isThere || document.querySelector('[role="status"][aria-label]')) {
        mounted ??= performance.now();
      }
      if (isThere) {
        observer.disconnect();
        // After the frame that shows it.
        requestAnimationFrame(() => {
          setTimeout(() => {
            const drawn = performance.now();
            resolve({
              fromPress: drawn - pressed,
              fromMount: drawn - (mounted ?? pressed),
            });
          });
        });
      }
    });
    observer.observe(document.body, { childList: true, subtree: true });
    tab?.click();
  });
}

/** In the page. */
function leadAway(link: Element): void {
  link.dispatchEvent(
    new MouseEvent('click', { bubbles: true, cancelable: true }),
  );
}
