import { ImageGates } from '@slipway/backstage-plugin-image-registry-common';
import { imageRegistryTranslationRef, useTranslate } from '../translation';
import { useSpanText } from './useSpanText';

/**
 * What gates ask of an image, each as a part of a sentence.
 *
 * @public
 */
export function useGateWords(): (gates: ImageGates) => string[] {
  const t = useTranslate(imageRegistryTranslationRef);
  const spanText = useSpanText();
  return ({ minimumAgeMs, scan, signature }) => {
    const words: string[] = [];
    if (minimumAgeMs) {
      words.push(t('protect.age', { span: spanText(minimumAgeMs) }));
    }
    if (scan) {
      words.push(
        scan.worst === 'none'
          ? t('protect.scanClean')
          : t('protect.scan', { severity: t(`severity.${scan.worst}`) }),
      );
    }
    if (signature) {
      words.push(
        signature.kind === 'any'
          ? t('protect.signedAny')
          : t('protect.signedBy', { kind: signature.kind }),
      );
    }
    return words;
  };
}
