/** An event of the cluster about a workload or one of its pods. */
export interface WorkloadEvent {
  /** Such as `Pod` or `ReplicaSet`. */
  kind: string;
  name: string;
  type: 'Normal' | 'Warning';
  /** In one word, such as `FailedScheduling`. */
  reason: string;
  message: string;
  /** RFC 3339, of the last time. */
  at?: string;
  /** How often it happened. */
  count: number;
}

/** The last lines that a container wrote. */
export interface ContainerLog {
  pod: string;
  container: string;
  /** True when they are of the container before its last restart. */
  previous: boolean;
  text: string;
}

/** What stays of a failed rollout; texts are not masked. */
export interface RolloutEvidence {
  /** At most 50 lines each. */
  logs: ContainerLog[];
  /** Newest first. */
  events: WorkloadEvent[];
  /** What container runtimes and registries said of the image. */
  pullMessages: string[];
  /** True when something was left out to stay within the limit. */
  truncated: boolean;
}

/** Limit of one rollout's evidence in bytes of its JSON. */
export const EVIDENCE_LIMIT_BYTES = 64 * 1024;

/**
 * Code of the reason with which an observation goes on while a registry holds
 * an image back, limits pulls or fails (412, 429, 5xx): it passes by itself, so
 * it is no failure of the image, and a rollback would not help. The param
 * `cause` says which: `held-back`, `limit` or `failure`.
 */
export const REGISTRY_REFUSES_FOR_NOW = 'registry-refuses-for-now';
