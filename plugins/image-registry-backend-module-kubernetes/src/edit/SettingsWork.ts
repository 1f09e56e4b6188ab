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
import { DeploymentObject } from './DeploymentObject';
import { leftProblems } from './leftProblems';
import { MadeWorkload, settingsPaths } from './readSettings';
import {
  changesPorts,
  deploymentWithSettings,
  serviceWithPorts,
  SettingsEdit,
} from './withSettings';

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
  }

  async run(): Promise<ChangedSettings> {
    const rehearsed = [
      await this.deployment({ dryRun: true }),
      ...(await this.service({ dryRun: true })),
    ];
    const { deployment } = this.made;
    const [first] = rehearsed;
    const problems = [
      ...rehearsed.flatMap(each => each.problems),
      ...(first.object
        ? leftProblems(deployment, first.object as DeploymentObject, this.edit)
        : []),
    ];
    const changes = this.changesOf(rehearsed);
    const warnings = rehearsed.flatMap(each => each.warnings);
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

  /** The Service first: the same form can be sent again after a failure. */
  private async write(
    changes: ChangedSetting[],
    warnings: string[],
  ): Promise<ChangedSettings> {
    const service = await this.service({ dryRun: false });
    const refusals = service.flatMap(each => each.problems);
    if (refusals.length > 0) {
      return refused(refusals);
    }
    const { problems } = await this.deployment({ dryRun: false }).catch(error =>
      this.afterService(error, service),
    );
    if (problems.length > 0 && service.length === 0) {
      return refused(problems);
    }
    const outcome = problems.length > 0 ? 'partial' : 'changed';
    return { outcome, changes, problems, warnings };
  }

  /** Once the Service is written every failure for good is told. */
  private afterService(
    error: unknown,
    service: readonly Applied[],
  ): Pick<Applied, 'problems'> {
    const mayRepeat =
      error instanceof DriverError &&
      error.code === 'stale' &&
      !this.options.last;
    if (service.length === 0 || mayRepeat) {
      throw error;
    }
    const detail = error instanceof Error ? error.message : String(error);
    const reason = kubernetesReason('refused-by-server', { detail });
    return { problems: [{ path: '', reason }] };
  }

  private deployment({ dryRun }: { dryRun: boolean }): Promise<Applied> {
    const { deployment } = this.made;
    return applyOwn(this.client, {
      kind: 'Deployment',
      apiVersion: 'apps/v1',
      path: settingsPaths(this.change.target).Deployment,
      object: deployment,
      edited: own => deploymentWithSettings(own, this.edit),
      settings: this.change.settings,
      dryRun,
      signal: this.options.signal,
    });
  }

  /** Empty where there is none, or its ports stay. */
  private async service({ dryRun }: { dryRun: boolean }): Promise<Applied[]> {
    const { service } = this.made;
    if (!service || !changesPorts(this.edit)) {
      return [];
    }
    const applied = await applyOwn(this.client, {
      kind: 'Service',
      apiVersion: 'v1',
      path: settingsPaths(this.change.target).Service,
      object: service,
      edited: own => serviceWithPorts(own, this.edit),
      settings: this.change.settings,
      dryRun,
      signal: this.options.signal,
    });
    return [applied];
  }

  private changesOf(rehearsed: readonly Applied[]): ChangedSetting[] {
    const { deployment, service } = this.made;
    return rehearsed.flatMap(({ kind, object }) => {
      const before = kind === 'Deployment' ? deployment : service;
      return object && before ? changesBetween(kind, before, object) : [];
    });
  }
}
