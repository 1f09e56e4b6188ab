import type { PortalAddresses } from '../../../scripts/browser/startFreshPortal.mts';
import type { Story } from '../../../scripts/browser/tellStory.mts';

/** What the tests find when they begin. */
export interface Surroundings {
  portal: PortalAddresses;
  story: Story;
}

/** Set to use a portal that runs already, for quick turns while writing tests. */
const VARIABLE = 'SLIPWAY_TEST_SURROUNDINGS';

/** Hands the surroundings to the processes of the tests. */
export function writeSurroundings(surroundings: Surroundings): void {
  process.env[VARIABLE] = JSON.stringify(surroundings);
}

/** @throws Error when the portal was not started. */
export function readSurroundings(): Surroundings {
  const value = process.env[VARIABLE];
  if (!value) {
    throw new Error('The set-up of the tests has started no portal');
  }
  return JSON.parse(value);
}
