import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import {
  authProvidersExtensionPoint,
  createProxyAuthProviderFactory,
} from '@backstage/plugin-auth-node';
import {
  developmentAuthenticator,
  developmentSignInResolver,
} from './developmentAuthenticator';

/**
 * Sign-in without a password as one of four example people.
 *
 * Start-up fails in production (`NODE_ENV` or `auth.environment`), because
 * everybody who reaches the portal could become its administrator.
 */
export const authModuleDevelopmentSignIn = createBackendModule({
  pluginId: 'auth',
  moduleId: 'development-sign-in',
  register(registration) {
    registration.registerInit({
      deps: {
        config: coreServices.rootConfig,
        providers: authProvidersExtensionPoint,
      },
      async init({ config, providers }) {
        const environment = config.getOptionalString('auth.environment');
        if (
          process.env.NODE_ENV === 'production' ||
          environment === 'production'
        ) {
          throw new Error(
            'The development sign-in lets anybody be an administrator and ' +
              'does not start in production. Remove auth.providers.development ' +
              'from the configuration (set it to null in app-config.production.yaml)',
          );
        }
        providers.registerProvider({
          providerId: 'development',
          factory: createProxyAuthProviderFactory({
            authenticator: developmentAuthenticator,
            signInResolver: developmentSignInResolver,
          }),
        });
      },
    });
  },
});
