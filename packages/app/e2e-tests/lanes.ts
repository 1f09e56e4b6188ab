import type { Locator, Page } from '@playwright/test';

/**
 * The card of a container in the lane of an environment, also behind a drawer
 * or dialog.
 */
export function card(page: Page, environment: string, label: string): Locator {
  return page
    .getByRole('region', { name: environment, includeHidden: true })
    .getByRole('article', { name: label, includeHidden: true });
}

/** Rows of the history, newest first. */
export function historyRows(page: Page): Locator {
  return page
    .getByRole('region', { name: 'History' })
    .getByRole('listitem')
    .filter({ has: page.getByRole('button', { name: /^Steps of rollout/ }) });
}
