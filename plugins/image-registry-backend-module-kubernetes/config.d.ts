export interface Config {
  imageRegistry?: {
    /**
     * Kubernetes clusters to deploy to, beside those of
     * `kubernetes.clusterLocatorMethods`.
     */
    kubernetes?: {
      /**
       * For how long all pods of a rollout must stay ready, without restarts,
       * before it counts as a success. Five times as long when a pod has
       * restarted during the rollout. Default: 2 seconds.
       */
      settle?: string | { [unit: string]: number };
      /**
       * Kubeconfig files of the operator. The key names the cluster. Their exec
       * plugins run on the backend's machine.
       */
      kubeconfigs?: {
        [cluster: string]: {
          /** Path of the file on the backend's machine. */
          path: string;
          /**
           * Name of one context; the file's current one when absent. With `*`
           * each context is a cluster, named `key/context`.
           */
          context?: string;
          /** Shown instead of the name. */
          title?: string;
        };
      };
      /** The cluster that the backend itself runs in, as its service account. */
      inCluster?: {
        /** Name of the cluster in the portal. */
        name: string;
        /** Shown instead of the name. */
        title?: string;
      };
      /**
       * Kubernetes namespaces to search per cluster, where the service account
       * has a Role in each of them and may not list the whole cluster.
       */
      namespaces?: {
        [cluster: string]: string[];
      };
      /**
       * Address of the proxy to each cluster that is behind one: `http:`,
       * `https:` or `socks5:`.
       * @deepVisibility secret
       */
      proxies?: {
        [cluster: string]: string;
      };
      /**
       * Service accounts of their own for what changes something in some
       * namespaces; the cluster's credential then only reads there. The first
       * that fits counts.
       */
      deployCredentials?: Array<{
        /** Name of the cluster. */
        cluster: string;
        /** Names, or patterns with `*`. */
        namespaces: string[];
        /**
         * Token of the service account.
         * @visibility secret
         */
        token?: string;
        /** Path of a file with the token, read again while the backend runs. */
        tokenFile?: string;
      }>;
    };
  };
  /** Configuration of Backstage's own Kubernetes plugin, which is read too. */
  kubernetes?: {
    clusterLocatorMethods?: Array<{
      /** Only methods of type `config` are read here. */
      type: string;
      clusters?: Array<{
        /** Name of the cluster. */
        name: string;
        /** Shown instead of the name. */
        title?: string;
        /** Address of the API server; `https:` only. */
        url: string;
        /**
         * `serviceAccount` can be deployed to. Those that use the browser's
         * session (`google`, `oidc`, `aks`) are view only; `aws`, `azure` and
         * `googleServiceAccount` need the module kubernetes-clouds.
         */
        authProvider?: string;
        /**
         * Token of the service account. When absent, that of the pod the
         * backend runs in.
         * @visibility secret
         */
        serviceAccountToken?: string;
        /** Accept any certificate. Not for production. */
        skipTLSVerify?: boolean;
        /** CA certificate, PEM in base64. */
        caData?: string;
        /** Path of the CA certificate on the backend's machine. */
        caFile?: string;
      }>;
    }>;
  };
}
