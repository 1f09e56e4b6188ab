import {
  ApprovalButtons,
  ApprovalText,
  ChangesDrawer,
  ErrorPanel,
  GateList,
  SectionTitle,
  useImageRegistryQuery,
  usePendingApprovals,
  useTranslate,
} from '@slipway/backstage-plugin-image-registry-react';
import { makeStyles } from '@material-ui/core/styles';
import { useDeploymentsContext } from '../tab/DeploymentsContext';
import { imageDeployTranslationRef } from '../translation';

const useStyles = makeStyles(theme => ({
  actions: {
    display: 'flex',
    flexWrap: 'wrap',
    gap: theme.spacing(1),
    margin: theme.spacing(1, 0),
  },
}));

/** What a rollout brings and asks; where a notification leads. */
export function ApprovalPanel({ id }: { id: string }) {
  const classes = useStyles();
  const t = useTranslate(imageDeployTranslationRef);
  const { entityRef, location, refetch } = useDeploymentsContext();
  const { value, error, ...rollout } = useImageRegistryQuery(
    (api, signal) => api.getRollout(id, { signal }),
    [id],
    { topics: ['rollout'], entityRef },
  );
  const waits = value?.state === 'waiting' || value?.state === 'queued';
  const pending = usePendingApprovals({ enabled: waits });
  if (!value) {
    return error ? (
      <ErrorPanel error={error} onRetry={rollout.refetch} />
    ) : null;
  }
  const approvable = pending.value?.find(item => item.id === id)?.approvable;
  const answered = () => {
    rollout.refetch();
    pending.refetch();
    refetch();
  };
  return (
    <ChangesDrawer rollout={value} onClose={location.close}>
      {value.approval && (
        <>
          <SectionTitle>{t('approval.title')}</SectionTitle>
          <ApprovalText approval={value.approval} author={value.author} />
          {waits && (
            <div className={classes.actions}>
              <ApprovalButtons
                rollout={value}
                approvable={
                  pending.value ? approvable ?? { ok: false } : undefined
                }
                onAnswered={answered}
              />
            </div>
          )}
        </>
      )}
      {value.gates.length > 0 && (
        <>
          <SectionTitle>{t('steps.gates')}</SectionTitle>
          <GateList gates={value.gates} label={t('steps.gates')} />
        </>
      )}
    </ChangesDrawer>
  );
}
