import { resolve } from 'node:path';
import { findChromium } from '../../../scripts/browser/chromium.mts';
import { startFreshPortal } from '../../../scripts/browser/startFreshPortal.mts';
import { tellStory } from '../../../scripts/browser/tellStory.mts';
import { writeSurroundings } from './surroundings';

/** Starts the portal of all tests; Playwright calls what it returns at the end. */
export default async function startPortal() {
  if (!findChromium() || process.env.SLIPWAY_TEST_SURROUNDINGS) {
    return undefined;
  }
  const portal = await startFreshPortal(
    resolve(__dirname, '../../..'),
    'browser-tests',
  );
  try {
    writeSurroundings({ portal, story: await tellStory(portal) });
  } catch (error) {
    await portal.stop();
    throw error;
  }
  return () => portal.stop();
}
