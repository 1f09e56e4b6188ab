import { createApp } from '@backstage/frontend-defaults';
import { navigationModule } from './navigation/navigationModule';
import { signInModule } from './signIn/signInModule';

/**
 * The portal. The plugins among the dependencies of this package are found by
 * themselves (`app.packages: all`).
 */
export const app = createApp({ features: [navigationModule, signInModule] });
