import { CheckStep } from '@slipway/backstage-plugin-image-registry-common';
import { failureFinding } from '../provider/failureFinding';
import { checkFindings } from './checkFindings';
import { RegistryError } from '../provider/RegistryError';

/** What a step of a check found out when it went well. */
export type StepFinding = Pick<
  CheckStep,
  'message' | 'reason' | 'hint' | 'remedy' | 'code' | 'skipped'
>;

/** What listing found out, and a repository to try pulling with. */
export interface VendorListing extends StepFinding {
  sample?: string;
}

/** The steps of a check that a vendor's own API does. */
export interface VendorSteps {
  /**
   * Asks for one entry. Where the account may not list and types repositories
   * instead, `skipped` with code, message and hint.
   */
  list(): Promise<VendorListing>;
  /** Tries the right to pull, without pulling; absent: not tried. */
  pull?(repository: string): Promise<StepFinding | void>;
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
    return [...first, skippedStep('list'), skippedStep('pull')];
  }
  let sample: string | undefined;
  const list = await checkStep('list', async () => {
    const { sample: found, ...finding } = await vendor.list();
    sample = found;
    return finding;
  });
  return [...first, list, await pullStep(list, sample, vendor)];
}

async function pullStep(
  list: CheckStep,
  sample: string | undefined,
  { pull }: VendorSteps,
): Promise<CheckStep> {
  if (!list.ok || !pull) {
    return skippedStep('pull', list.ok);
  }
  return sample === undefined
    ? {
        ...skippedStep('pull', true),
        ...checkFindings.nothingToPull(),
      }
    : checkStep('pull', async () => ({
        message: sample,
        ...(await pull(sample)),
      }));
}

/**
 * A step that was not done.
 * @param ok - true when nothing is wrong with that
 */
export function skippedStep(name: CheckStep['name'], ok = false): CheckStep {
  return { name, ok, skipped: true, durationMs: 0 };
}

/**
 * Does a step and times it; a RegistryError fails it, anything else is thrown.
 *
 * @param run - what it found out
 */
export async function checkStep(
  name: CheckStep['name'],
  run: () => Promise<StepFinding | void>,
): Promise<CheckStep> {
  const startedAt = performance.now();
  const durationMs = () => Math.round(performance.now() - startedAt);
  try {
    const finding = await run();
    return {
      name,
      ok: true,
      ...withoutUndefined(finding ?? {}),
      durationMs: durationMs(),
    };
  } catch (error) {
    if (!(error instanceof RegistryError)) {
      throw error;
    }
    return {
      name,
      ok: false,
      ...failureFinding(error),
      durationMs: durationMs(),
    };
  }
}

function withoutUndefined(finding: StepFinding): StepFinding {
  return Object.fromEntries(
    Object.entries(finding).filter(([, value]) => value !== undefined),
  );
}
