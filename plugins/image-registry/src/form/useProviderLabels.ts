import { ProviderDescriptor } from '@slipway/backstage-plugin-image-registry-common';
import {
  useLanguage,
  useTranslate,
} from '@slipway/backstage-plugin-image-registry-react';
import { imageRegistryPageTranslationRef } from '../translation';

/** The vendor's words for where a registry is, in the portal's language. */
export function useProviderLabels(provider: ProviderDescriptor | undefined): {
  address: string;
  namespace: string;
} {
  const t = useTranslate(imageRegistryPageTranslationRef);
  const language = useLanguage();
  const { addressLabel, labelTranslations, namespaceLabel } =
    provider?.form ?? {};
  const translated = labelTranslations?.[language];
  return {
    address: translated?.address ?? addressLabel ?? t('form.address'),
    namespace: translated?.namespace ?? namespaceLabel ?? t('form.pathPrefix'),
  };
}
