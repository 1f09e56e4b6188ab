import { useEffect, useState } from 'react';
import { useApi } from '@backstage/core-plugin-api';
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
  useTranslate,
} from '@slipway/backstage-plugin-image-registry-react';
import { CheckSteps } from '../form';
import {
  AddressText,
  BudgetText,
  GrantsText,
  RegistryStatusLabel,
  useStatusText,
} from '../registries';
import { imageRegistryPageTranslationRef } from '../translation';
import { UsageList } from './UsageList';

interface RegistryOverviewProps {
  registry: Registry;
  provider?: ProviderDescriptor;
  /** The registry was checked: its status may be another one. */
  onChecked(): void;
}

/** Whether a registry can be used, and what uses it. */
export function RegistryOverview(props: RegistryOverviewProps) {
  const { registry, provider, onChecked } = props;
  const statusText = useStatusText();
  const t = useTranslate(imageRegistryPageTranslationRef);
  return (
    <>
      <Facts
        facts={[
          [
            t('registries.column.status'),
            <RegistryStatusLabel key="state" status={registry.status} />,
          ],
          [t('registry.statusMessage'), statusText(registry.status)],
          [
            t('registry.checkedAt'),
            registry.status.checkedAt && (
              <TimeAgo time={registry.status.checkedAt} />
            ),
          ],
          [
            t('registry.budget'),
            registry.budget && <BudgetText budget={registry.budget} />,
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
      <LastCheck registry={registry} onChecked={onChecked} />
      <SectionTitle>{t('registries.column.usedBy')}</SectionTitle>
      <UsageList registryId={registry.id} />
    </>
  );
}

/** The steps of the last check, and a button that checks again. */
function LastCheck(props: { registry: Registry; onChecked(): void }) {
  const { registry, onChecked } = props;
  const t = useTranslate(imageRegistryPageTranslationRef);
  const shared = useTranslate(imageRegistryTranslationRef);
  const api = useApi(imageRegistryApiRef);
  const [state, setState] = useState<{
    running: boolean;
    result?: CheckResult;
    error?: Error;
  }>({ running: false });
  // What the registry tells now is at least as new as what was found here.
  useEffect(() => setState({ running: false }), [registry.status.checkedAt]);

  const check = async () => {
    setState({ running: true });
    try {
      const result = await api.checkRegistry(registry.id);
      setState({ running: false, result });
      onChecked();
    } catch (error) {
      setState({ running: false, error: error as Error });
    }
  };
  const steps = state.result?.steps ?? registry.status.steps;
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
        {steps && !state.running && <CheckSteps steps={steps} />}
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
        {steps ? t('check.again') : t('check.now')}
      </GuardedButton>
    </>
  );
}
