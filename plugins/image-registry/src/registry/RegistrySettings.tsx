import Button from '@material-ui/core/Button';
import Typography from '@material-ui/core/Typography';
import {
  ProviderDescriptor,
  readFromHost,
  Registry,
} from '@slipway/backstage-plugin-image-registry-common';
import {
  Facts,
  imageRegistryTranslationRef,
  SectionTitle,
  TimeAgo,
  useLanguage,
  useTranslate,
} from '@slipway/backstage-plugin-image-registry-react';
import { useProviderLabels } from '../form';
import { useQueryParameters } from '../page/useQueryParameters';
import { GrantsText } from '../registries';
import { imageRegistryPageTranslationRef } from '../translation';
import { NodeTrustSnippets } from './NodeTrustSnippets';
import { TestPullDialog } from './TestPullDialog';

interface RegistrySettingsProps {
  registry: Registry;
  provider?: ProviderDescriptor;
}

/** How a registry is connected; credentials only by name. */
export function RegistrySettings(props: RegistrySettingsProps) {
  const { registry, provider } = props;
  const t = useTranslate(imageRegistryPageTranslationRef);
  const shared = useTranslate(imageRegistryTranslationRef);
  const language = useLanguage();
  const query = useQueryParameters();
  const yesOrNo = (value: boolean) => (value ? t('word.yes') : t('word.no'));
  const ownLogin = registry.pullWithManage
    ? t('form.pullWithManage')
    : undefined;
  const pullLogin = registry.hasPullCredentials ? t('word.given') : ownLogin;
  const labels = useProviderLabels(provider);
  const { hostname } = new URL(registry.address);
  const options = (provider?.form.fields ?? [])
    .filter(field => field.in === 'options')
    .map(field => {
      const value =
        registry.options[field.name] || readFromHost(field, hostname);
      return [
        field.translations?.[language]?.label ?? field.label,
        typeof value === 'boolean' ? yesOrNo(value) : value,
      ] as const;
    });

  return (
    <>
      {registry.source === 'config' && (
        <Typography paragraph>{t('registry.fromConfig')}</Typography>
      )}
      <Facts
        facts={[
          [t('form.name'), registry.name],
          [t('form.kind'), provider?.title ?? registry.provider],
          [labels.address, registry.address],
          [labels.namespace, registry.namespace],
          [t('form.pullAddress'), registry.pullAddress],
          [t('form.pullLogin'), pullLogin],
          [t('form.proxy'), registry.proxy],
          [
            t('form.credentials'),
            registry.hasCredentials
              ? registry.username ?? t('form.unnamedAccount')
              : t('form.anonymous'),
          ],
          ...options,
          [t('form.verifyTls'), yesOrNo(registry.tls.verify)],
          [
            t('form.caCertificate'),
            registry.tls.caCertificate ? t('word.given') : shared('word.none'),
          ],
          [
            t('grants.title'),
            <GrantsText key="grants" grants={registry.grants} />,
          ],
        ]}
      />
      <NodeTrustSnippets registry={registry} />
      <p>
        <Button
          variant="outlined"
          color="primary"
          onClick={() => query.set({ test: 'pull' })}
        >
          {t('testPull.open')}
        </Button>
      </p>
      {query.get('test') === 'pull' && (
        <TestPullDialog
          registry={registry}
          onClose={() => query.set({ test: undefined })}
        />
      )}
      {(registry.createdAt || registry.updatedAt) && (
        <>
          <SectionTitle>{t('registry.changes')}</SectionTitle>
          <Facts
            facts={[
              [
                t('registry.createdAt'),
                registry.createdAt && <TimeAgo time={registry.createdAt} />,
              ],
              [
                t('registry.updatedAt'),
                registry.updatedAt && <TimeAgo time={registry.updatedAt} />,
              ],
            ]}
          />
        </>
      )}
    </>
  );
}
