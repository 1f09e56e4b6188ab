import type { Locator, Page } from '@playwright/test';

/** The card of a container in the lane of an environment. */
export function card(page: Page, environment: string, label: string): Locator {
  return page
    .getByRole('region', { name: environment })
    .getByRole('article', { name: label });
}

/** Rows of the history, newest first. */
export function historyRows(page: Page): Locator {
  return page
    .getByRole('region', { name: 'History' })
    .getByRole('listitem')
    .filter({ has: page.getByRole('button', { name: /^Steps of rollout/ }) });
}
