/** The Kubernetes namespaces of a cluster. */
export interface NamespaceListing {
  names: string[];
  /** False: they may not be listed, and only those configured are known. */
  complete: boolean;
}

/** Names the Kubernetes namespaces of a cluster. */
export interface NamespaceLister {
  /** @throws DriverError when the cluster does not answer */
  listNamespaces(
    cluster: string,
    options?: { signal?: AbortSignal },
  ): Promise<NamespaceListing>;
}
