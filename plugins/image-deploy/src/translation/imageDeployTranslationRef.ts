import { createTranslationRef } from '@backstage/core-plugin-api/alpha';
import { messages } from './messages';

/**
 * Words of the deploy tab in English and Chinese.
 *
 * @public
 */
export const imageDeployTranslationRef = createTranslationRef({
  id: 'image-deploy',
  messages,
  translations: { zh: () => import('./zh') },
});
