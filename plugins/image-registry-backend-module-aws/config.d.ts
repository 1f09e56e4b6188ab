export interface Config {
  imageRegistry?: {
    aws?: {
      /**
       * Offers the backend's own AWS identity (environment, profiles, container
       * or instance role) as a way to sign in. Whoever may add registries can
       * then use it. Default: false.
       */
      ambientIdentity?: boolean;
    };
  };
}
