import { HumanDuration } from '@backstage/types';

export interface Config {
  imageRegistry?: {
    /**
     * Who may change a component's deployments, beside the permission policy:
     * `owners` (default) asks that the caller owns the component in the
     * catalog, `policy` leaves it to the permission policy alone.
     */
    ownership?: 'owners' | 'policy';

    /**
     * Entity references that count as owners of every component, for example
     * `group:default/platform`.
     */
    administrators?: string[];

    /** Keys for the registries' credentials in the database. */
    encryption?: {
      /**
       * The first encrypts, all decrypt: put a new one in front, and remove
       * the old one when the log says that nothing uses it any more.
       */
      keys: Array<{
        /** Name of the key, stored beside what it encrypted. */
        id: string;
        /**
         * 32 random bytes in base64: `openssl rand -base64 32`.
         * @visibility secret
         */
        secret: string;
      }>;
    };

    /** Addresses that the backend may call although they are not public. */
    outgoing?: {
      /** `host:port` or host on the backend's own machine. */
      allowedLoopback?: string[];
      /**
       * Private `host:port` or host that a registry may name in a redirect,
       * token service or next page. The registry's own host need not be
       * listed.
       */
      allowedPrivate?: string[];
      /**
       * Hosts of token services that may be given a registry's credentials,
       * beside the registry's own host and the well-known pairs.
       */
      trustedRealms?: string[];
      /**
       * HTTP proxy that registries without one of their own are called
       * through, for example `http://proxy.example.com:3128`.
       */
      proxy?: string;
      /** Sign-in at that proxy. */
      proxyCredentials?: {
        username: string;
        /** @visibility secret */
        password: string;
      };
      /**
       * Hosts that are called directly: `host`, `host:port`, `.suffix` for the
       * names below it, or `*` for all.
       */
      noProxy?: string[];
    };

    webhook?: {
      /**
       * The portal's address as the registries reach it. Default:
       * `backend.baseUrl`.
       */
      baseUrl?: string;
    };

    /**
     * Repositories that policies listen to are looked at every so often too,
     * for what no webhook told.
     */
    poll?: {
      /**
       * Default: true.
       * @visibility backend
       */
      enabled?: boolean;
      /**
       * Between two looks at one repository, at least one second. Default: 5
       * minutes.
       * @visibility backend
       */
      interval?: HumanDuration | string;
    };

    /** How long records are kept. */
    retention?: {
      /** Bodies of webhook calls. Default: 14 days. */
      bodies?: HumanDuration | string;
      /** The webhook log. Default: 90 days. */
      deliveries?: HumanDuration | string;
      /** Decisions and ended rollouts. Default: 400 days. */
      history?: HumanDuration | string;
      /** Logs and events that failed rollouts left. Default: 30 days. */
      evidence?: HumanDuration | string;
    };

    /**
     * Registries that are read-only on the settings page. The key is the
     * registry's id.
     */
    registries?: {
      [id: string]: {
        /** Shown in the portal. Default: the id. */
        name?: string;
        /** Id of the provider, for example `distribution`. */
        provider: string;
        /** Host, or URL with a path prefix. */
        address: string;
        /** The fields of the provider's form that are not secret. */
        options?: { [name: string]: string | boolean };
        /** @deepVisibility secret */
        credentials?: { [name: string]: string };
        tls?: {
          /** False accepts any certificate. Default: true. */
          verify?: boolean;
          /** PEM of the authority that signed the registry's certificate. */
          caCertificate?: string;
          /** Path of that PEM on the backend's machine. */
          caFile?: string;
        };
        /** Login for clusters to pull with, apart from the portal's own. */
        pullCredentials?: {
          username: string;
          /** @visibility secret */
          password: string;
        };
        /**
         * True: clusters may be given `credentials` when there is no login for
         * them alone. Default: false.
         */
        pullWithManage?: boolean;
        /** Proxy for this registry alone, for example `http://proxy:3128`. */
        proxy?: string;
        /** What clusters pull from, when that is not the address. */
        pullAddress?: string;
        /** Limits browsing and completes what is typed. */
        namespace?: string;
        /**
         * Who may use which repositories. Default: everybody all of them.
         * Each kind of selector that a grant names must match by one of its
         * values; an empty list grants nobody anything.
         */
        grants?: Array<{
          to:
            | 'all'
            | {
                owners?: string[];
                systems?: string[];
                domains?: string[];
                catalogNamespaces?: string[];
              };
          /** Globs such as `apps/**`. Default: all. */
          repositories?: string[];
        }>;
        /** Preselected in the picker; true for at most one registry. */
        default?: boolean;
        /**
         * Endpoints that the registry calls; the key is the endpoint's name.
         * The URL is `<portal>/api/image-registry/webhooks/config-<id>-<name>`.
         */
        webhookEndpoints?: {
          [name: string]: {
            /** @visibility secret */
            secret: string;
            /** Globs of repositories it may speak for. Default: all. */
            repositories?: string[];
            /**
             * What the vendor's signature is verified against, for example
             * `topicArn` of Amazon SNS, or `audience` and the service account
             * of Google Pub/Sub.
             */
            settings?: { [name: string]: string };
          };
        };
      };
    };
  };
}
