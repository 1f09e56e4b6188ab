import { createFrontendModule } from '@backstage/frontend-plugin-api';
import {
  SignInPageBlueprint,
  TranslationBlueprint,
} from '@backstage/plugin-app-react';
import { signInTranslations } from './translation';

/** Replaces the framework's guest sign-in. */
export const signInModule = createFrontendModule({
  pluginId: 'app',
  extensions: [
    SignInPageBlueprint.make({
      params: {
        loader: () => import('./SignInPage').then(module => module.SignInPage),
      },
    }),
    TranslationBlueprint.make({
      name: 'sign-in',
      params: { resource: signInTranslations },
    }),
  ],
});
