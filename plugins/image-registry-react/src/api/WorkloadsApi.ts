import {
  ChangedSettings,
  ChangeWorkloadSettings,
  CreatedWorkload,
  CreateWorkload,
  WorkloadCreationRecord,
  WorkloadSettingsView,
} from '@slipway/backstage-plugin-image-registry-common';
import { ReadOptions } from './RegistriesApi';

/**
 * Components that are made from images.
 *
 * @public
 */
export interface WorkloadsApi {
  /** What would be made, and what stands against it; nothing is made. */
  rehearseWorkload(
    body: Omit<CreateWorkload, 'dryRun'>,
    options?: ReadOptions,
  ): Promise<CreatedWorkload>;
  /**
   * Makes it. Give the same `idempotencyKey` when the same click is sent again:
   * nothing is then made twice.
   */
  createWorkload(
    body: Omit<CreateWorkload, 'dryRun'>,
    options?: { idempotencyKey?: string },
  ): Promise<CreatedWorkload>;
  /** How far a creation has come. */
  getWorkloadCreation(
    id: string,
    options?: ReadOptions,
  ): Promise<WorkloadCreationRecord>;
  /** What can be changed about one that was made here. */
  getTargetSettings(
    targetKey: string,
    query: { entityRef: string },
    options?: ReadOptions,
  ): Promise<WorkloadSettingsView>;
  /** Changes it, or with `dryRun` shows what would change. */
  changeTargetSettings(
    targetKey: string,
    body: ChangeWorkloadSettings,
    options?: ReadOptions,
  ): Promise<ChangedSettings>;
}
