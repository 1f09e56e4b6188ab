import {
  Cluster,
  PullSecret,
  WorkloadPlace,
  WorkloadRef,
} from '@slipway/backstage-plugin-image-registry-common';

/** What a pull secret holds. Never logged, never part of an error. */
export interface PullSecretLogin {
  username: string;
  password: string;
  /** ISO 8601; absent when it does not expire. */
  expiresAt?: string;
}

/**
 * Who uses the secret. Attaching to a workload changes its pod template and so
 * starts a rollout; attaching to a service account concerns new pods only.
 */
export type PullSecretAttachment =
  | { workload: WorkloadRef }
  | { serviceAccount: string };

/** A pull secret that is to be there. */
export interface PullSecretRequest {
  place: WorkloadPlace;
  registryId: string;
  /** Host of the registry, with port and path when references have them. */
  host: string;
  login: PullSecretLogin;
  attach?: PullSecretAttachment;
}

/** What came of it. */
export interface EnsuredPullSecret {
  secret: PullSecret;
  /** `unchanged`: it held this login already. */
  change: 'created' | 'updated' | 'unchanged';
  attachment: 'none' | 'attached' | 'already-attached';
}

/** Names one pull secret of the portal. */
export type PullSecretName = Pick<
  PullSecret,
  'cluster' | 'namespace' | 'registryId'
>;

/** The portal's pull secrets, and each cluster's state. */
export interface PullSecretListing {
  items: PullSecret[];
  clusters: Cluster[];
}

/** Makes pull secrets and keeps them. */
export interface PullSecretKeeper {
  /**
   * Makes the registry's secret of a namespace, or brings it up to date, and
   * attaches it. Safe to repeat and to race with itself.
   * @throws DriverError; `invalid` when a secret of the same name is somebody
   * else's
   */
  ensurePullSecret(
    request: PullSecretRequest,
    options?: { signal?: AbortSignal },
  ): Promise<EnsuredPullSecret>;
  /**
   * Removes it, and its name from service accounts. Workloads keep the name,
   * which does no harm: taking it away would restart their pods.
   */
  removePullSecret(
    secret: PullSecretName,
    options?: { signal?: AbortSignal },
  ): Promise<void>;
  /** All pull secrets of the portal; a cluster that is down is data. */
  listPullSecrets(options?: {
    cluster?: string;
    signal?: AbortSignal;
  }): Promise<PullSecretListing>;
}
