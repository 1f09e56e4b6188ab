import { createApp } from '@backstage/frontend-defaults';
import { homeModule } from './home/homeModule';
import { navigationModule } from './navigation/navigationModule';
import { signInModule } from './signIn/signInModule';
import { translationModule } from './translations/translationModule';

/**
 * The portal. The plugins among the dependencies of this package are found by
 * themselves (`app.packages: all`).
 */
export const app = createApp({
  features: [homeModule, navigationModule, signInModule, translationModule],
});
