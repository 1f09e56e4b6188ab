import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser } from '@playwright/test';
import {
  fillIn,
  inspect,
  save,
  type VendorLogin,
} from '../browser/connectVendor.mts';
import { openWindow, settled } from '../browser/openView.mts';
import type { FreshPortal } from '../browser/startFreshPortal.mts';
import { toPalettePng } from './palettePng.mts';

/**
 * Connects every simulated vendor by hand and takes two pictures of each: the
 * filled-in form with its check, and an image with what the vendor tells.
 *
 * @returns the number of pictures
 * @throws Error when a vendor cannot be connected, browsed or inspected
 */
export async function takeVendors(
  browser: Browser,
  portal: FreshPortal,
  folder: string,
): Promise<number> {
  const response = await fetch(`${portal.control}/vendors/logins`);
  const { ca, logins } = (await response.json()) as {
    ca: string;
    logins: VendorLogin[];
  };
  const place = { proxy: portal.vendors, authority: ca };
  let count = 0;
  for (const login of logins) {
    const context = await openWindow(
      browser,
      portal.url,
      { language: 'en', theme: 'light', width: 1280 },
      'admin',
    );
    const page = await context.newPage();
    const take = async (what: string) => {
      const picture = await page.screenshot({ animations: 'disabled' });
      const name = `vendor-${login.name ?? login.kind}-${what}.png`;
      writeFileSync(join(folder, name), toPalettePng(picture));
      process.stdout.write(`${name}\n`);
      count += 1;
    };
    // So high that a form is seen from its name to its check.
    await page.setViewportSize({ width: 1280, height: 1500 });
    await page.goto('/image-registry');
    await fillIn(page, login, place);
    await take('form');
    await save(page, login);
    await settled(page);
    await page.setViewportSize({ width: 1280, height: 900 });
    await inspect(page, login);
    await take('image');
    await context.close();
  }
  return count;
}
