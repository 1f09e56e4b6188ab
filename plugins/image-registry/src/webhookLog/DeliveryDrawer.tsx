import { useId, useState } from 'react';
import { useApi } from '@backstage/core-plugin-api';
import { usePermission } from '@backstage/plugin-permission-react';
import {
  Delivery,
  deliveryReplayPermission,
  Registry,
} from '@slipway/backstage-plugin-image-registry-common';
import {
  DetailsDrawer,
  ErrorPanel,
  GuardedButton,
  imageRegistryApiRef,
  imageRegistryTranslationRef,
  RowsSkeleton,
  useImageRegistryQuery,
  useTranslate,
} from '@slipway/backstage-plugin-image-registry-react';
import { imageRegistryPageTranslationRef } from '../translation';
import { DeliveryContent } from './DeliveryContent';

interface DeliveryDrawerProps {
  /** Absent: closed. */
  deliveryId?: string;
  registries: Registry[];
  onReplayed(replay: Delivery): void;
  onClose(): void;
}

/** One delivery: what came, what was understood, what was decided. */
export function DeliveryDrawer(props: DeliveryDrawerProps) {
  const { deliveryId, registries, onReplayed, onClose } = props;
  const t = useTranslate(imageRegistryPageTranslationRef);
  const titleId = useId();
  const { value, loading, error, refetch } = useImageRegistryQuery(
    (api, signal) => api.getDelivery(deliveryId!, { signal }),
    [deliveryId],
    { enabled: deliveryId !== undefined, topics: ['delivery', 'rollout'] },
  );
  const registry = registries.find(({ id }) => id === value?.registryId);
  return (
    <DetailsDrawer
      open={deliveryId !== undefined}
      titleId={titleId}
      title={t('delivery.title')}
      subtitle={registry?.name}
      actions={
        !loading &&
        value && <ReplayButton delivery={value} onReplayed={onReplayed} />
      }
      onClose={onClose}
    >
      {loading && <RowsSkeleton rows={8} />}
      {error && <ErrorPanel error={error} onRetry={refetch} />}
      {!loading && value && <DeliveryContent delivery={value} />}
    </DetailsDrawer>
  );
}

function ReplayButton(props: {
  delivery: Delivery;
  onReplayed(replay: Delivery): void;
}) {
  const { delivery, onReplayed } = props;
  const t = useTranslate(imageRegistryPageTranslationRef);
  const shared = useTranslate(imageRegistryTranslationRef);
  const api = useApi(imageRegistryApiRef);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<Error>();
  const replay = usePermission({
    permission: deliveryReplayPermission,
    resourceRef: delivery.registryId,
  });

  const run = async () => {
    setBusy(true);
    setError(undefined);
    try {
      onReplayed(await api.replayDelivery(delivery.id));
    } catch (failure) {
      setError(failure as Error);
    } finally {
      setBusy(false);
    }
  };
  return (
    <>
      <GuardedButton
        variant="outlined"
        color="primary"
        disabled={busy}
        deniedReason={
          replay.loading || replay.allowed
            ? undefined
            : shared('permission.denied')
        }
        onClick={run}
      >
        {t('delivery.replay')}
      </GuardedButton>
      {error && <ErrorPanel error={error} title={t('delivery.notReplayed')} />}
    </>
  );
}
