import { KubeConfig } from '@kubernetes/client-node';
import { Reason } from '@slipway/backstage-plugin-image-registry-common';
import type { BearerTokens } from './BearerTokens';
import type { DeployCredential } from './deployCredentials';

/** How background work reaches a cluster. */
export interface ClusterConnection {
  /** Holds exactly one current context, and its server is `https:`. */
  kubeConfig: KubeConfig;
  /** Signs in where the configuration holds no credential itself. */
  tokens?: BearerTokens;
}

/** One cluster as the operator configured it. */
export interface ClusterSource {
  name: string;
  title?: string;
  /** Absent when background work cannot sign in there: see `refusal`. */
  connection?: ClusterConnection;
  /** Why it is view only, for the person who looks at it. */
  refusal?: Reason;
  /**
   * The only Kubernetes namespaces to search, where the service account may
   * not list the whole cluster.
   */
  namespaces?: string[];
  /** Who writes in some namespaces; the first that fits counts. */
  deployCredentials?: DeployCredential[];
}
