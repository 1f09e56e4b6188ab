import { createFrontendModule } from '@backstage/frontend-plugin-api';
import { TranslationBlueprint } from '@backstage/plugin-app-react';
import { appTranslations } from './translation';

/** Chinese for the portal's own words. */
export const translationModule = createFrontendModule({
  pluginId: 'app',
  extensions: [
    TranslationBlueprint.make({
      name: 'app',
      params: { resource: appTranslations },
    }),
  ],
});
