import { RolloutDiff } from '@slipway/backstage-plugin-image-registry-common';
import {
  DriverError,
  RegistryError,
} from '@slipway/backstage-plugin-image-registry-node';
import { because } from '../reasons';

/** One line of what was looked at before a deploy. */
export type Check = RolloutDiff['checks'][number];

/** Who does not tell within this time is done without, in ms. */
const PATIENCE_MS = 4_000;

/** Makes checks; what could not be asked is told as that, and hinders nobody. */
export async function asked(
  name: Check['name'],
  ask: (signal: AbortSignal) => Promise<Check[]>,
): Promise<Check[]> {
  const patience = new AbortController();
  const timer = setTimeout(() => patience.abort(), PATIENCE_MS);
  try {
    return await Promise.race([ask(patience.signal), late(patience.signal)]);
  } catch (error) {
    if (error instanceof DriverError || error instanceof RegistryError) {
      return [notKnown(name, error.message)];
    }
    throw error;
  } finally {
    clearTimeout(timer);
  }
}

async function late(signal: AbortSignal): Promise<never> {
  await new Promise(resolve => signal.addEventListener('abort', resolve));
  throw new DriverError(
    'cluster-unreachable',
    `No answer within ${PATIENCE_MS / 1000} seconds`,
  );
}

function notKnown(name: Check['name'], message: string): Check {
  const reason = because('not-checked', `Not known: ${message}`, {
    detail: message,
  });
  return { name, ok: true, warning: true, reason };
}
