import type { Page } from '@playwright/test';
import { settled } from './openView.mts';

/** What a person enters to connect a simulated vendor. */
export interface VendorLogin {
  kind: string;
  /** Tells apart what is of one kind; the kind by default. */
  name?: string;
  address: string;
  options: Record<string, string>;
  credentials: Record<string, string>;
  namespace?: string;
  repository: string;
}

/** How the vendors' names are reached. */
export interface VendorPlace {
  /** URL of the proxy that leads to them. */
  proxy: string;
  /** PEM of the authority that signed their certificates. */
  authority: string;
}

/** Milliseconds for what the portal asks a vendor. */
const PATIENCE = 30_000;

async function choose(page: Page, field: string, value: string): Promise<void> {
  await page.locator(`#${field}`).click();
  await page.locator(`li[data-value="${value}"]`).click();
}

/** Fills in one of the vendor's own fields, whatever it looks like. */
async function enter(
  page: Page,
  place: 'credentials' | 'options',
  [name, value]: [string, string],
): Promise<void> {
  const id = `registry-${place}-${name}`;
  const field = page.locator(`#${id}`);
  if ((await field.getAttribute('aria-haspopup')) === 'listbox') {
    await choose(page, id, value);
  } else {
    await field.fill(value);
  }
}

/**
 * Fills in the dialog that adds a registry, as a person would, and waits for
 * its check.
 *
 * @throws Error when a step of the check fails
 */
export async function fillIn(
  page: Page,
  login: VendorLogin,
  { proxy, authority }: VendorPlace,
): Promise<void> {
  await page.getByRole('button', { name: 'Add registry' }).first().click();
  await page.locator('#registry-name').fill(`Our ${login.name ?? login.kind}`);
  await page.locator('#registry-address').fill(login.address);
  await choose(page, 'registry-kind', login.kind);
  if (login.namespace) {
    await page.locator('#registry-namespace').fill(login.namespace);
  }
  const { signIn, ...options } = login.options;
  if (signIn && (await page.locator('#registry-sign-in').count()) > 0) {
    await choose(page, 'registry-sign-in', signIn);
  }
  for (const entry of Object.entries(options)) {
    await enter(page, 'options', entry);
  }
  for (const entry of Object.entries(login.credentials)) {
    await enter(page, 'credentials', entry);
  }
  const advanced = page.getByRole('button', { name: /^Advanced/ });
  // By the keyboard: the check that begins moves what a mouse aims at.
  await advanced.press('Enter');
  await page.locator('#registry-ca').fill(authority);
  await page.locator('#registry-proxy').fill(proxy);
  // Leaving the last field begins the check.
  await page.keyboard.press('Tab');
  await advanced.press('Enter');
  const steps = page.getByRole('dialog').getByText(/\(\d+ ms\)$/);
  await page
    .getByRole('dialog')
    .getByText(/^Pulls/)
    .waitFor({ timeout: PATIENCE });
  const failed = page.getByRole('dialog').getByRole('button', {
    name: 'Save anyway',
  });
  if ((await failed.count()) > 0) {
    throw new Error(
      `${login.name ?? login.kind}: ${(await steps.allInnerTexts()).join(
        ' | ',
      )}`,
    );
  }
  await settled(page);
}

/** Saves the filled-in dialog and opens the registry it made. */
export async function save(page: Page, login: VendorLogin): Promise<void> {
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: 'Save', exact: true }).click();
  await dialog.waitFor({ state: 'hidden' });
  const name = `Our ${login.name ?? login.kind}`;
  // The portal opens what was added.
  await page.getByRole('heading', { name, exact: true }).waitFor();
}

/** Browses to the image `latest` of the login's repository and opens it. */
export async function inspect(page: Page, login: VendorLogin): Promise<void> {
  await page.getByRole('tab', { name: 'Browse' }).click();
  await page
    .getByRole('button', { name: login.repository, exact: true })
    .click({ timeout: PATIENCE });
  await page
    .getByRole('button', { name: /\blatest\b/ })
    .first()
    .click({ timeout: PATIENCE });
  await page
    .getByRole('heading', { name: 'Layers' })
    .waitFor({ timeout: PATIENCE });
  await settled(page);
}
