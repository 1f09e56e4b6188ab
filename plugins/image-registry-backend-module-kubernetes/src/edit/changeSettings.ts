import {
  ChangedSettings,
  FieldProblem,
  kubernetesReason,
  validateWorkloadSettings,
  WorkloadSettings,
} from '@slipway/backstage-plugin-image-registry-common';
import {
  DriverError,
  SettingsChange,
} from '@slipway/backstage-plugin-image-registry-node';
import { ClusterClient } from '../clusters';
import { MadeWorkload, readMade } from './readSettings';
import { ChangeOptions, refused, SettingsWork } from './SettingsWork';

/** Status updates change the resourceVersion too, so it is tried again. */
const ATTEMPTS = 4;

/**
 * Changes what the portal owns of a workload that it made. Everything is
 * rehearsed before anything is written, and nothing is taken from others.
 * @throws DriverError `stale` when it was changed since it was read
 */
export async function changeSettings(
  client: ClusterClient,
  change: SettingsChange,
  options: ChangeOptions = {},
): Promise<ChangedSettings> {
  for (let attempt = 1; ; attempt++) {
    const made = await readMade(client, { ...change, ...options });
    const refusal = refusalOf(made, change);
    if (refusal) {
      return refusal;
    }
    const last = attempt === ATTEMPTS;
    const work = { ...options, last };
    try {
      return await new SettingsWork(client, made, change, work).run();
    } catch (error) {
      const mayRepeat =
        error instanceof DriverError && error.code === 'stale' && !last;
      if (!mayRepeat) {
        throw error;
      }
    }
  }
}

/**
 * What stands against it before the cluster is asked.
 * @throws DriverError `stale`
 */
function refusalOf(
  { view }: MadeWorkload,
  { target, version, settings }: SettingsChange,
): ChangedSettings | undefined {
  if (view.obstacle) {
    return refused([{ path: '', reason: view.obstacle }]);
  }
  if (view.version !== version) {
    throw new DriverError(
      'stale',
      `${target.kind} ${target.namespace}/${target.name} was changed since it was read; look at it again`,
    );
  }
  const problems = [
    ...validateWorkloadSettings(settings, view),
    ...unknownKept(view.settings, settings),
  ];
  return problems.length > 0 ? refused(problems) : undefined;
}

/** What is kept has to be there. */
function unknownKept(
  before: WorkloadSettings,
  wanted: WorkloadSettings,
): FieldProblem[] {
  const known = new Set(before.env.map(({ name }) => name));
  return wanted.env.flatMap(({ name, kept }, index) =>
    kept && !known.has(name)
      ? [
          {
            path: `env.${index}.value`,
            reason: kubernetesReason('value-required'),
          },
        ]
      : [],
  );
}
