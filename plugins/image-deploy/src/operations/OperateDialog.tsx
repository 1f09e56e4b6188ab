import { useApi } from '@backstage/core-plugin-api';
import Typography from '@material-ui/core/Typography';
import {
  Target,
  WorkloadAction,
} from '@slipway/backstage-plugin-image-registry-common';
import {
  ConfirmDialog,
  imageRegistryApiRef,
  useTranslate,
} from '@slipway/backstage-plugin-image-registry-react';
import { useDeploymentsContext } from '../tab/DeploymentsContext';
import { imageDeployTranslationRef } from '../translation';

/** Asks before a workload is restarted, stopped or started. */
export function OperateDialog(props: {
  target: Target;
  action: WorkloadAction;
}) {
  const { target, action } = props;
  const { kind, name, namespace, cluster } = target.ref;
  const api = useApi(imageRegistryApiRef);
  const t = useTranslate(imageDeployTranslationRef);
  const { entityRef, location, refetch } = useDeploymentsContext();
  return (
    <ConfirmDialog
      open
      title={t(`operate.${action}Title`, { workload: `${kind}/${name}` })}
      confirmLabel={t(`operate.${action}`)}
      errorTitle={t(`operate.${action}Failed`)}
      onConfirm={async () => {
        await api.operateTarget(target.key, action, { entityRef });
        refetch();
      }}
      onClose={location.close}
    >
      <Typography gutterBottom>{t(`operate.${action}Explanation`)}</Typography>
      <Typography variant="body2" color="textSecondary">
        {t('card.placeTitle', { cluster, namespace })}
      </Typography>
    </ConfirmDialog>
  );
}
