export interface Config {
  /** Configuration of Backstage's own Kubernetes plugin, which is read too. */
  kubernetes?: {
    /**
     * JSON of a Google credentials file, for clusters with the `authProvider`
     * `googleServiceAccount`. When absent, the identity of the backend
     * (Application Default Credentials).
     * @visibility secret
     */
    googleServiceAccountCredentials?: string;
    clusterLocatorMethods?: Array<{
      clusters?: Array<{
        /** With `aws`: ARN of a role to assume first. */
        assumeRole?: string;
        /** With `aws`: the external ID that the role's trust policy asks for. */
        externalId?: string;
        /**
         * With `aws`, the key `kubernetes.io/x-k8s-aws-id` is the cluster's name
         * at EKS, where it has another one in the portal.
         */
        authMetadata?: { [key: string]: string };
      }>;
    }>;
  };
}
