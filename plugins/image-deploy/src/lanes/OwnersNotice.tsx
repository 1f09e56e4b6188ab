import { useState } from 'react';
import { useApi } from '@backstage/core-plugin-api';
import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import WarningIcon from '@material-ui/icons/ReportProblemOutlined';
import { Target } from '@slipway/backstage-plugin-image-registry-common';
import {
  ConfirmDialog,
  GuardedButton,
  imageRegistryApiRef,
  Person,
  ReasonText,
  StateLabel,
  TimeAgo,
  useTranslate,
} from '@slipway/backstage-plugin-image-registry-react';
import { useDeploymentsContext } from '../tab/DeploymentsContext';
import { imageDeployTranslationRef } from '../translation';
import { needsConsent, otherOwners } from './fieldOwners';

const useStyles = makeStyles({ root: { overflowWrap: 'anywhere' } });

/**
 * Says that others manage the image of this target, and offers to take it
 * over, which has to be chosen once.
 */
export function OwnersNotice(props: { target: Target; deniedReason?: string }) {
  const { target, deniedReason } = props;
  const classes = useStyles();
  const t = useTranslate(imageDeployTranslationRef);
  const [asking, setAsking] = useState(false);
  const owners = otherOwners(target).join(', ');

  if (!target.contested && !needsConsent(target)) {
    return target.consent && owners ? (
      <Typography variant="body2" color="textSecondary" component="div">
        {t('owners.consented', {
          author: <Person entityRef={target.consent.author} />,
          time: <TimeAgo time={target.consent.at} />,
        })}
      </Typography>
    ) : null;
  }
  return (
    <div className={classes.root}>
      <Typography variant="body2" component="div">
        <StateLabel icon={WarningIcon} tone="warning">
          <OwnersSentence target={target} owners={owners} />
        </StateLabel>
      </Typography>
      <GuardedButton
        size="small"
        deniedReason={deniedReason}
        onClick={() => setAsking(true)}
      >
        {target.undoneBy ? t('owners.manageDespite') : t('owners.manage')}
      </GuardedButton>
      <ConsentDialog
        open={asking}
        target={target}
        owners={target.contested?.manager ?? owners}
        onClose={() => setAsking(false)}
      />
    </div>
  );
}

function OwnersSentence(props: { target: Target; owners: string }) {
  const { contested, undoneBy } = props.target;
  const { owners } = props;
  const t = useTranslate(imageDeployTranslationRef);
  if (contested) {
    return <>{t('owners.contested', { owner: contested.manager })}</>;
  }
  return undoneBy ? (
    <ReasonText reason={undoneBy} />
  ) : (
    <>{t('owners.managedBy', { owners })}</>
  );
}

function ConsentDialog(props: {
  open: boolean;
  target: Target;
  owners: string;
  onClose(): void;
}) {
  const { open, target, owners, onClose } = props;
  const api = useApi(imageRegistryApiRef);
  const t = useTranslate(imageDeployTranslationRef);
  const { entityRef, refetch } = useDeploymentsContext();
  return (
    <ConfirmDialog
      open={open}
      title={t('owners.manage')}
      confirmLabel={t('owners.confirm')}
      errorTitle={t('owners.failed')}
      onConfirm={async () => {
        await api.consentToTarget(target.key, entityRef);
        refetch();
      }}
      onClose={onClose}
    >
      {target.undoneBy && (
        <Typography gutterBottom>
          <ReasonText reason={target.undoneBy} />
          {'. '}
          {t('owners.undone')}
        </Typography>
      )}
      {owners && <Typography>{t('owners.explanation', { owners })}</Typography>}
    </ConfirmDialog>
  );
}
