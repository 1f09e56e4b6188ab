import {
  AttachPullSecret,
  CreateHold,
  CreateRollout,
  Hold,
  KeptPullSecret,
  OperatedTarget,
  Page,
  Pod,
  RollBackRollout,
  Rollout,
  RolloutAction,
  RolloutDetails,
  RolloutDiff,
  RolloutEvidence,
  RolloutReturns,
  RolloutsQuery,
  Targets,
  WorkloadAction,
} from '@slipway/backstage-plugin-image-registry-common';
import { ReadOptions } from './RegistriesApi';

/**
 * What runs, rollouts and holds of a component.
 *
 * @public
 */
export interface DeploymentsApi {
  listTargets(entityRef: string, options?: ReadOptions): Promise<Targets>;
  listPods(
    targetKey: string,
    query: { entityRef: string },
    options?: ReadOptions,
  ): Promise<Pod[]>;
  /** The end of a pod's log, as text. */
  getPodLog(
    targetKey: string,
    query: {
      entityRef: string;
      pod: string;
      tailLines?: number;
      /** The container's run before the present one. */
      previous?: boolean;
    },
    options?: ReadOptions,
  ): Promise<string>;
  /** Consents that the portal manages the image field of this target. */
  consentToTarget(targetKey: string, entityRef: string): Promise<void>;

  /** Gives the pods of a target a login for a registry. */
  attachPullSecret(
    targetKey: string,
    body: AttachPullSecret,
  ): Promise<KeptPullSecret>;

  /** Restarts, stops or starts the workload of a target. */
  operateTarget(
    targetKey: string,
    action: WorkloadAction,
    body: { entityRef: string },
  ): Promise<OperatedTarget>;
  /** The workload as its cluster has it, in YAML. */
  getTargetManifest(
    targetKey: string,
    query: { entityRef: string },
    options?: ReadOptions,
  ): Promise<string>;

  /** What a rollout would change, and what stands against it. */
  previewRollout(
    body: Omit<CreateRollout, 'dryRun'>,
    options?: ReadOptions,
  ): Promise<RolloutDiff>;
  /**
   * Asks for a rollout. Give the same `idempotencyKey` when the same click is
   * sent again: the backend then answers the first rollout.
   */
  createRollout(
    body: Omit<CreateRollout, 'dryRun'>,
    options?: { idempotencyKey?: string },
  ): Promise<Rollout>;
  listRollouts(
    query?: RolloutsQuery,
    options?: ReadOptions,
  ): Promise<Page<Rollout>>;
  getRollout(id: string, options?: ReadOptions): Promise<RolloutDetails>;
  cancelRollout(id: string, body?: RolloutAction): Promise<Rollout>;
  /** A new rollout of the same image. */
  retryRollout(id: string, body?: RolloutAction): Promise<Rollout>;
  /** To what the target of a rollout can be returned. */
  getRolloutReturns(id: string, options?: ReadOptions): Promise<RolloutReturns>;
  /** A new rollout of the image that ran before this one, or earlier. */
  rollbackRollout(id: string, body?: RollBackRollout): Promise<Rollout>;
  /** What a failed rollout left, while that is kept. */
  getRolloutEvidence(
    id: string,
    options?: ReadOptions,
  ): Promise<RolloutEvidence>;

  /** Those of a component, or all that the caller may see. */
  listHolds(
    entityRef: string | undefined,
    options?: ReadOptions,
  ): Promise<Hold[]>;
  createHold(body: CreateHold): Promise<Hold>;
  /** @param entityRef - the component that has the target now */
  deleteHold(id: string, entityRef?: string): Promise<void>;
}
