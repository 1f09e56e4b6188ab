import { RegistryStatus } from '@slipway/backstage-plugin-image-registry-common';
import {
  useLanguage,
  useReasonText,
  useTranslate,
} from '@slipway/backstage-plugin-image-registry-react';
import { isCheckCode } from '../form';
import { imageRegistryPageTranslationRef } from '../translation';

/**
 * The sentence of a registry's state. In a language that the backend does not
 * speak it is that of the step that failed; the registry's own words stand at
 * that step.
 */
export function useStatusText(): (
  status: RegistryStatus,
) => string | undefined {
  const t = useTranslate(imageRegistryPageTranslationRef);
  const reasonText = useReasonText();
  const language = useLanguage();
  return ({ because, message, steps = [] }) => {
    if (because) {
      return reasonText(because);
    }
    const code = steps.find(({ ok, skipped }) => !ok && !skipped)?.code;
    return code && language !== 'en' && isCheckCode(code)
      ? t(`check.code.${code}`)
      : message;
  };
}
