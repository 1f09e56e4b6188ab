import { createTranslationRef } from '@backstage/core-plugin-api/alpha';
import { messages } from './messages';

/**
 * Words, states, reasons and the image picker in English and Chinese.
 * Plugins of the suite have refs of their own for their pages.
 *
 * @public
 */
export const imageRegistryTranslationRef = createTranslationRef({
  id: 'image-registry-react',
  messages,
  translations: { zh: () => import('./zh') },
});
