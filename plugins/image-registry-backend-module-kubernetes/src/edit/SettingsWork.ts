import {
  ChangedSetting,
  ChangedSettings,
  FieldProblem,
  kubernetesReason,
} from '@slipway/backstage-plugin-image-registry-common';
import {
  DriverError,
  SettingsChange,
} from '@slipway/backstage-plugin-image-registry-node';
import { changedFields } from '../apply/changedFields';
import { ClusterClient } from '../clusters';
import { KubernetesObject } from '../workloads/objects';
import { Applied, applyOwn } from './applyOwn';
import { BesideSteps, besideSteps } from './besideSteps';
import { DeploymentObject } from './DeploymentObject';
import { leftProblems } from './leftProblems';
import { MadeWorkload, settingsPaths } from './readSettings';
import { SettingsStep } from './SettingsStep';
import { deploymentWithSettings, SettingsEdit } from './withSettings';

/** How a change is made. */
export interface ChangeOptions {
  dryRun?: boolean;
  signal?: AbortSignal;
  /** It is not tried again when somebody writes in between. */
  last?: boolean;
}

/** Stands where the value of a variable was. */
const HIDDEN = '(hidden)';

/** All variables, one of them, or its value. */
const WITH_VALUE = /\.env(\[name=[^\]]*\](\.value)?)?$/;

/** Nothing was written, for these reasons. */
export function refused(problems: FieldProblem[]): ChangedSettings {
  return { outcome: 'refused', changes: [], problems, warnings: [] };
}

function changesBetween(
  kind: string,
  before: KubernetesObject,
  after: KubernetesObject,
): ChangedSetting[] {
  const specOf = (object: KubernetesObject) => ({
    spec: 'spec' in object ? object.spec : undefined,
  });
  return changedFields(specOf(before), specOf(after)).map(
    ({ path, from, to }) => ({
      kind,
      path,
      ...(from !== undefined && {
        from: WITH_VALUE.test(path) ? HIDDEN : from,
      }),
      ...(to !== undefined && { to }),
    }),
  );
}

/** One try at a change. */
export class SettingsWork {
  private readonly edit: SettingsEdit;
  private readonly beside: BesideSteps;

  constructor(
    private readonly client: ClusterClient,
    private readonly made: MadeWorkload,
    private readonly change: SettingsChange,
    private readonly options: ChangeOptions,
  ) {
    this.edit = {
      container: change.target.container,
      before: made.view.settings,
      wanted: change.settings,
    };
    this.beside = besideSteps(client, made, change, options.signal);
  }

  async run(): Promise<ChangedSettings> {
    const rehearsed: Rehearsed[] = [];
    for (const step of this.steps) {
      rehearsed.push({ step, applied: await step.apply({ dryRun: true }) });
    }
    const changes = rehearsed.flatMap(changesOf);
    const problems = rehearsed.flatMap(({ applied }) => applied.problems);
    const warnings = rehearsed.flatMap(({ applied }) => applied.warnings);
    if (problems.length > 0) {
      return { outcome: 'refused', changes, problems, warnings };
    }
    if (changes.length === 0) {
      return { outcome: 'unchanged', changes, problems, warnings };
    }
    return this.options.dryRun
      ? { outcome: 'planned', changes, problems, warnings }
      : this.write(changes, warnings);
  }

  /**
   * The Deployment after what it needs: its version is that of the form, so
   * the same form can be sent again after a failure.
   */
  private get steps(): SettingsStep[] {
    return [...this.beside.first, this.deployment(), ...this.beside.last];
  }

  private async write(
    changes: ChangedSetting[],
    warnings: string[],
  ): Promise<ChangedSettings> {
    for (const [index, step] of this.steps.entries()) {
      const isBegun = index > 0;
      const { problems } = await step
        .apply({ dryRun: false })
        .catch(error => this.afterBeginning(error, isBegun));
      if (problems.length > 0) {
        return isBegun
          ? { outcome: 'partial', changes, problems, warnings }
          : refused(problems);
      }
    }
    return { outcome: 'changed', changes, problems: [], warnings };
  }

  /** Once something is written every failure for good is told. */
  private afterBeginning(
    error: unknown,
    isBegun: boolean,
  ): Pick<Applied, 'problems'> {
    const mayRepeat =
      error instanceof DriverError &&
      error.code === 'stale' &&
      !this.options.last;
    if (!isBegun || mayRepeat) {
      throw error;
    }
    const detail = error instanceof Error ? error.message : String(error);
    const reason = kubernetesReason('refused-by-server', { detail });
    return { problems: [{ path: '', reason }] };
  }

  private deployment(): SettingsStep {
    const { deployment } = this.made;
    return {
      before: deployment,
      apply: async ({ dryRun }) => {
        const applied = await applyOwn(this.client, {
          kind: 'Deployment',
          apiVersion: 'apps/v1',
          path: settingsPaths(this.change.target).Deployment,
          object: deployment,
          edited: own => deploymentWithSettings(own, this.edit),
          settings: this.change.settings,
          dryRun,
          signal: this.options.signal,
        });
        const left =
          dryRun && applied.object
            ? leftProblems(
                deployment,
                applied.object as DeploymentObject,
                this.edit,
              )
            : [];
        return { ...applied, problems: [...applied.problems, ...left] };
      },
    };
  }
}

interface Rehearsed {
  step: SettingsStep;
  applied: Applied;
}

function changesOf({ step, applied }: Rehearsed): ChangedSetting[] {
  const { kind, object, changes } = applied;
  return (
    changes ??
    (object && step.before ? changesBetween(kind, step.before, object) : [])
  );
}
