import { createExtensionPoint } from '@backstage/backend-plugin-api';
import { Config } from '@backstage/config';
import { CustomErrorBase } from '@backstage/errors';

/** A token that an API server takes as `Authorization: Bearer`. */
export interface ClusterToken {
  token: string;
  /** Milliseconds since the epoch. */
  expiresAt: number;
}

/** A cluster of `kubernetes.clusterLocatorMethods` that needs tokens. */
export interface ClusterToSignIn {
  name: string;
  /** Address of the API server. */
  server: string;
  /** The cluster's entry in the configuration. */
  config: Config;
}

/**
 * Gets tokens for one cluster. Who calls keeps them, shares one fetch between
 * concurrent callers and fetches anew in time.
 */
export interface ClusterTokens {
  /**
   * A new token.
   * @throws ClusterSignInError when there is none; what else is thrown is not
   * shown to anybody, because errors of vendors' libraries hold their requests
   */
  fetch(): Promise<ClusterToken>;
}

/** A way to sign in to clusters that a module adds. */
export interface ClusterSignIn {
  /** The value of `authProvider` in the cluster's entry. */
  authProvider: string;
  /** @throws InputError naming what the cluster's entry lacks */
  open(cluster: ClusterToSignIn): ClusterTokens;
}

/**
 * Why there is no token for a cluster, in words without secrets: what happened,
 * and what whoever runs the portal can do about it.
 */
export class ClusterSignInError extends CustomErrorBase {
  /** What to do about it: a sentence. */
  readonly remedy: string;

  /** @param what - what happened, as the end of a sentence, without a stop */
  constructor(what: string, remedy: string) {
    // Without what was caught: its words would be added to the message.
    super(what);
    this.remedy = remedy;
  }
}

/** Where modules add ways to sign in to clusters. */
export interface ImageRegistryClusterSignInsExtensionPoint {
  /** @throws Error when one for this `authProvider` exists already */
  addSignIn(signIn: ClusterSignIn): void;
}

/** {@inheritDoc ImageRegistryClusterSignInsExtensionPoint} */
export const imageRegistryClusterSignInsExtensionPoint =
  createExtensionPoint<ImageRegistryClusterSignInsExtensionPoint>({
    id: 'imageRegistry.clusterSignIns',
  });
