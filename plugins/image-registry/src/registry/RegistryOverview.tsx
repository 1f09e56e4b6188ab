import { useState } from 'react';
import { useApi } from '@backstage/core-plugin-api';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import CircularProgress from '@material-ui/core/CircularProgress';
import Typography from '@material-ui/core/Typography';
import {
  CheckResult,
  ProviderDescriptor,
  Registry,
} from '@slipway/backstage-plugin-image-registry-common';
import {
  ErrorPanel,
  Facts,
  GuardedButton,
  imageRegistryApiRef,
  imageRegistryTranslationRef,
  SectionTitle,
  TimeAgo,
} from '@slipway/backstage-plugin-image-registry-react';
import { CheckSteps } from '../form';
import { AddressText, GrantsText, RegistryStatusLabel } from '../registries';
import { imageRegistryPageTranslationRef } from '../translation';
import { UsageList } from './UsageList';

interface RegistryOverviewProps {
  registry: Registry;
  provider?: ProviderDescriptor;
}

/** Whether a registry can be used, and what uses it. */
export function RegistryOverview(props: RegistryOverviewProps) {
  const { registry, provider } = props;
  const { t } = useTranslationRef(imageRegistryPageTranslationRef);
  return (
    <>
      <Facts
        facts={[
          [
            t('registries.column.status'),
            <RegistryStatusLabel key="state" status={registry.status} />,
          ],
          [t('registry.statusMessage'), registry.status.message],
          [
            t('registry.checkedAt'),
            registry.status.checkedAt && (
              <TimeAgo time={registry.status.checkedAt} />
            ),
          ],
          [t('registries.column.kind'), provider?.title ?? registry.provider],
          [
            t('registries.column.address'),
            <AddressText key="address" registry={registry} />,
          ],
          [
            t('registries.column.for'),
            <GrantsText key="grants" grants={registry.grants} />,
          ],
        ]}
      />
      <CheckAgain registry={registry} />
      <SectionTitle>{t('registries.column.usedBy')}</SectionTitle>
      <UsageList registryId={registry.id} />
    </>
  );
}

function CheckAgain({ registry }: { registry: Registry }) {
  const { t } = useTranslationRef(imageRegistryPageTranslationRef);
  const { t: shared } = useTranslationRef(imageRegistryTranslationRef);
  const api = useApi(imageRegistryApiRef);
  const [state, setState] = useState<{
    running: boolean;
    result?: CheckResult;
    error?: Error;
  }>({ running: false });

  const check = async () => {
    setState({ running: true });
    try {
      const result = await api.checkRegistry(registry.id);
      setState({ running: false, result });
    } catch (error) {
      setState({ running: false, error: error as Error });
    }
  };
  return (
    <>
      <SectionTitle>{t('form.check')}</SectionTitle>
      <div aria-live="polite">
        {state.running && (
          <Typography variant="body2" component="div">
            <CircularProgress size={14} aria-hidden /> {t('check.running')}
          </Typography>
        )}
        {state.error && (
          <ErrorPanel error={state.error} title={t('check.failed')} />
        )}
        {state.result && <CheckSteps steps={state.result.steps} />}
      </div>
      <GuardedButton
        size="small"
        variant="outlined"
        disabled={state.running}
        deniedReason={
          registry.may?.update ? undefined : shared('permission.denied')
        }
        onClick={check}
      >
        {t('check.again')}
      </GuardedButton>
    </>
  );
}
