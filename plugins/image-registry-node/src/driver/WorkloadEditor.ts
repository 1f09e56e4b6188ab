import {
  ChangedSettings,
  TargetRef,
  WorkloadSettings,
  WorkloadSettingsView,
} from '@slipway/backstage-plugin-image-registry-common';

/** Settings that a workload is to have. */
export interface SettingsChange {
  target: TargetRef;
  /** Reference of the component that the workload was made for. */
  entityRef: string;
  /** As the settings were read. */
  version: string;
  settings: WorkloadSettings;
}

/** Changes workloads that were made from images. */
export interface WorkloadEditor {
  /**
   * What can be changed, or why nothing can. Values of environment variables
   * are left out.
   * @throws DriverError
   */
  readSettings(
    target: TargetRef,
    entityRef: string,
    options?: { signal?: AbortSignal },
  ): Promise<WorkloadSettingsView>;
  /**
   * Lets the server rehearse the change, and unless it is a dry run makes it.
   * Takes no field from anybody.
   * @throws DriverError `stale` when it was changed since it was read
   */
  changeSettings(
    change: SettingsChange,
    options?: { dryRun?: boolean; signal?: AbortSignal },
  ): Promise<ChangedSettings>;
}
