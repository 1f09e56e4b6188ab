import Alert from '@material-ui/lab/Alert';
import { ProviderModule } from '@slipway/backstage-plugin-image-registry-common';
import {
  CodeBlock,
  useTranslate,
} from '@slipway/backstage-plugin-image-registry-react';
import { imageRegistryPageTranslationRef } from '../translation';

/** A kind that the address belongs to, and the lines that install it. */
export function MissingModule({ module }: { module: ProviderModule }) {
  const t = useTranslate(imageRegistryPageTranslationRef);
  const { title, packageName } = module;
  const install = [
    `yarn --cwd packages/backend add ${packageName}`,
    `backend.add(import('${packageName}')); // packages/backend/src/index.ts`,
  ].join('\n');
  return (
    <Alert severity="info">
      {t('form.moduleMissing', { title })}
      <CodeBlock text={install} what={t('form.moduleInstall')} />
    </Alert>
  );
}
