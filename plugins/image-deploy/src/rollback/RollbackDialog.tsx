import { useState } from 'react';
import { useApi } from '@backstage/core-plugin-api';
import Box from '@material-ui/core/Box';
import TextField from '@material-ui/core/TextField';
import Typography from '@material-ui/core/Typography';
import Alert from '@material-ui/lab/Alert';
import {
  Rollout,
  RolloutImage,
  RolloutReturns,
  Target,
  targetKey,
} from '@slipway/backstage-plugin-image-registry-common';
import {
  ConfirmDialog,
  DigestText,
  ErrorPanel,
  Facts,
  imageLabel,
  ImageName,
  imageRegistryApiRef,
  ReasonText,
  RowsSkeleton,
  useImageRegistryQuery,
  useTranslate,
} from '@slipway/backstage-plugin-image-registry-react';
import { useDeploymentsContext } from '../tab/DeploymentsContext';
import { imageDeployTranslationRef } from '../translation';

/** Asks before a target returns to what ran before a rollout. */
export function RollbackDialog(props: {
  /** The rollout to undo. */
  rollout: Rollout;
  /** What runs now, when its cluster tells. */
  target?: Target;
}) {
  const { rollout, target } = props;
  const api = useApi(imageRegistryApiRef);
  const t = useTranslate(imageDeployTranslationRef);
  const { policies, location, refetch } = useDeploymentsContext();
  const [reason, setReason] = useState('');
  const returns = useImageRegistryQuery(
    (registryApi, signal) =>
      registryApi.getRolloutReturns(rollout.id, { signal }),
    [rollout.id],
  );
  const { there, offered } = returns.value ?? {};
  const to = offered ?? rollout.previous;
  const automatic = policies.some(
    policy => policy.enabled && targetKey(policy.target) === rollout.targetKey,
  );
  const { environment, target: ref } = rollout;
  return (
    <ConfirmDialog
      open
      title={t('rollback.title', { workload: ref.name })}
      confirmLabel={t('rollback.confirm')}
      confirmDisabled={there === 'no' && !offered}
      errorTitle={t('rollback.failed')}
      onConfirm={async () => {
        await api.rollbackRollout(rollout.id, {
          reason: reason.trim() || undefined,
          ...(offered && { digest: offered.digest }),
        });
        refetch();
      }}
      onClose={location.close}
    >
      <Facts
        facts={[
          [
            t('rollback.where'),
            t('rollback.place', {
              environment: environment ?? t('lanes.other'),
              cluster: ref.cluster,
              namespace: ref.namespace,
            }),
          ],
          [
            t('rollback.from'),
            <Image key="from" image={runningImage(target) ?? rollout.image} />,
          ],
          [t('rollback.to'), to && <Image key="to" image={to} />],
        ]}
      />
      <Existence
        returns={returns.value}
        error={returns.error}
        onRetry={returns.refetch}
      />
      {automatic && !target?.hold && (
        <Box mt={2}>
          <Alert severity="info">{t('rollback.holds')}</Alert>
        </Box>
      )}
      <TextField
        id="image-deploy-rollback-reason"
        label={t('deploy.reason')}
        value={reason}
        onChange={event => setReason(event.target.value)}
        inputProps={{ maxLength: 500 }}
        variant="outlined"
        margin="dense"
        fullWidth
      />
      <Typography variant="body2" color="textSecondary">
        {t('rollback.note')}
      </Typography>
    </ConfirmDialog>
  );
}

/** Whether what ran before still exists, and what is offered if not. */
function Existence(props: {
  returns?: RolloutReturns;
  error?: Error;
  onRetry(): void;
}) {
  const { returns, error, onRetry } = props;
  const t = useTranslate(imageDeployTranslationRef);
  if (error) {
    return (
      <ErrorPanel
        error={error}
        title={t('rollback.checkFailed')}
        onRetry={onRetry}
      />
    );
  }
  if (!returns) {
    return <RowsSkeleton rows={1} />;
  }
  const { previous, there, offered, reason } = returns;
  if (there === 'yes') {
    return null;
  }
  return (
    <Box mt={2}>
      <Alert severity={there === 'no' ? 'warning' : 'info'}>
        {there === 'no' && previous
          ? t('rollback.gone', { image: imageLabel(previous) })
          : t('rollback.unknownThere')}{' '}
        {offered && t('rollback.offered', { image: imageLabel(offered) })}
        {reason && <ReasonText reason={reason} />}
      </Alert>
    </Box>
  );
}

type ShownImage = Pick<RolloutImage, 'repository' | 'tag' | 'digest'>;

function runningImage(target: Target | undefined): ShownImage | undefined {
  return target?.repository
    ? {
        repository: target.repository,
        tag: target.tag,
        digest: target.digest,
      }
    : undefined;
}

function Image({ image }: { image: ShownImage }) {
  return (
    <>
      <ImageName repository={image.repository} tag={image.tag} />{' '}
      {image.digest && <DigestText digest={image.digest} />}
    </>
  );
}
