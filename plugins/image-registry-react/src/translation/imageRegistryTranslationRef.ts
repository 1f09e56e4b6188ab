import {
  createTranslationRef,
  TranslationRef,
} from '@backstage/core-plugin-api/alpha';
import { messages } from './messages';

/**
 * Words, states, reasons and the image picker in English and Chinese.
 * Plugins of the suite have refs of their own for their pages.
 *
 * @public
 */
// The type is spelled out because zh refers back to this ref.
export const imageRegistryTranslationRef: TranslationRef<
  'image-registry-react',
  typeof messages
> = createTranslationRef({
  id: 'image-registry-react',
  messages,
  translations: { zh: () => import('./zh') },
});
