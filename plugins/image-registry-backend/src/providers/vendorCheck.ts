import { CheckStep } from '@slipway/backstage-plugin-image-registry-common';
import { RegistryError } from '@slipway/backstage-plugin-image-registry-node';

/** The steps of a check that a vendor's own API does. */
export interface VendorSteps {
  /** @returns a repository to try pulling with, if there is one */
  list(): Promise<{ message?: string; sample?: string }>;
  pull(repository: string): Promise<void>;
}

/**
 * Lists by a vendor's own API after the protocol's sign-in, because these
 * vendors refuse the protocol's catalog or answer it with less.
 *
 * @param first - the steps `ping` and `authenticate`
 */
export async function withVendorSteps(
  first: CheckStep[],
  vendor: VendorSteps,
): Promise<CheckStep[]> {
  if (first.some(step => !step.ok)) {
    return [...first, skipped('list'), skipped('pull')];
  }
  let sample: string | undefined;
  const list = await timed('list', async () => {
    const found = await vendor.list();
    sample = found.sample;
    return found.message;
  });
  if (!list.ok) {
    return [...first, list, skipped('pull')];
  }
  const pull =
    sample === undefined
      ? {
          ...skipped('pull'),
          ok: true,
          message: 'There is no repository to try it with',
        }
      : await timed('pull', async () => {
          await vendor.pull(sample!);
          return sample;
        });
  return [...first, list, pull];
}

function skipped(name: CheckStep['name']): CheckStep {
  return { name, ok: false, skipped: true, durationMs: 0 };
}

async function timed(
  name: CheckStep['name'],
  run: () => Promise<string | undefined>,
): Promise<CheckStep> {
  const started = performance.now();
  const durationMs = () => Math.round(performance.now() - started);
  try {
    const message = await run();
    return {
      name,
      ok: true,
      ...(message && { message }),
      durationMs: durationMs(),
    };
  } catch (error) {
    if (!(error instanceof RegistryError)) {
      throw error;
    }
    const { code, message, hint } = error;
    return {
      name,
      ok: false,
      code,
      message,
      ...(hint && { hint }),
      durationMs: durationMs(),
    };
  }
}
