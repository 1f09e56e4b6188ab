export interface Config {
  imageRegistry?: {
    google?: {
      /**
       * Offers the backend's own Google identity (workload identity, service
       * account of the machine, GOOGLE_APPLICATION_CREDENTIALS) as a way to
       * sign in. Whoever may add registries can then use it. Default: false.
       */
      ambientIdentity?: boolean;
    };
  };
}
