import {
  CreatedObject,
  FieldProblem,
  WorkloadPlan,
} from '@slipway/backstage-plugin-image-registry-common';

/** A component that is to be made from an image. */
export interface WorkloadCreation {
  plan: WorkloadPlan;
  /** Full reference as it is written: `host/repository:tag@sha256:…`. */
  image: string;
  /** Reference of the component in the catalog. */
  entityRef: string;
  /** What the component finds its workloads by; the plan's name when absent. */
  kubernetesId?: string;
}

/** What was made, or would be. */
export interface WorkloadCreationResult {
  /**
   * `planned`: a dry run without complaint. `refused`: nothing was made.
   * `partial`: some objects exist, see their states.
   */
  outcome: 'planned' | 'created' | 'refused' | 'partial';
  objects: CreatedObject[];
  problems: FieldProblem[];
}

/** Makes workloads. */
export interface WorkloadCreator {
  /**
   * Lets the server rehearse all objects, and unless it is a dry run makes
   * them one after the other. Never changes an object that exists.
   * @throws DriverError when the cluster does not answer before anything was
   * made
   */
  createWorkload(
    creation: WorkloadCreation,
    options?: { dryRun?: boolean; resume?: boolean; signal?: AbortSignal },
  ): Promise<WorkloadCreationResult>;
}
