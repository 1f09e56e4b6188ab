import { createTranslationRef } from '@backstage/core-plugin-api/alpha';
import { messages } from './messages';

/**
 * The words of the registries page and of the images tab, in English and
 * Chinese.
 *
 * @public
 */
export const imageRegistryPageTranslationRef = createTranslationRef({
  id: 'image-registry',
  messages,
  translations: { zh: () => import('./zh') },
});
