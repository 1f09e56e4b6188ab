import { useApi } from '@backstage/core-plugin-api';
import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import { Hold } from '@slipway/backstage-plugin-image-registry-common';
import {
  ErrorPanel,
  GuardedButton,
  HeldLabel,
  imageRegistryApiRef,
  Person,
  TimeAgo,
  useReasonText,
  useTranslate,
} from '@slipway/backstage-plugin-image-registry-react';
import { useDeploymentsContext } from '../tab/DeploymentsContext';
import { useAction } from '../tab/useAction';
import { imageDeployTranslationRef } from '../translation';

const useStyles = makeStyles(theme => ({
  root: {
    borderLeft: `3px solid ${theme.palette.warning.main}`,
    paddingLeft: theme.spacing(1),
    overflowWrap: 'anywhere',
  },
}));

/** Who stopped the automation here, why, and the way to go on. */
export function HoldNotice(props: { hold: Hold; deniedReason?: string }) {
  const { hold, deniedReason } = props;
  const classes = useStyles();
  const api = useApi(imageRegistryApiRef);
  const t = useTranslate(imageDeployTranslationRef);
  const reasonText = useReasonText();
  const { entityRef, refetch } = useDeploymentsContext();
  const { run, busy, error } = useAction(async () => {
    await api.deleteHold(hold.id, entityRef);
    refetch();
  });
  return (
    <div className={classes.root}>
      <Typography variant="body2" component="div">
        <HeldLabel
          reason={hold.because ? reasonText(hold.because) : hold.reason}
        />
      </Typography>
      <Typography variant="body2" color="textSecondary" component="div">
        {hold.author
          ? t('hold.by', {
              author: <Person entityRef={hold.author} />,
              time: <TimeAgo time={hold.createdAt} />,
            })
          : t('hold.byAutomation', { time: <TimeAgo time={hold.createdAt} /> })}
        {hold.expiresAt && (
          <>
            {' · '}
            {t('hold.ends', { time: <TimeAgo time={hold.expiresAt} /> })}
          </>
        )}
      </Typography>
      <GuardedButton
        size="small"
        disabled={busy}
        deniedReason={deniedReason}
        onClick={run}
      >
        {t('hold.resume')}
      </GuardedButton>
      {error && <ErrorPanel error={error} title={t('hold.resumeFailed')} />}
    </div>
  );
}
