import { useState } from 'react';
import { useApi } from '@backstage/core-plugin-api';
import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import FreezeIcon from '@material-ui/icons/AcUnit';
import Alert from '@material-ui/lab/Alert';
import { Freeze } from '@slipway/backstage-plugin-image-registry-common';
import { imageRegistryApiRef } from '../api';
import {
  ConfirmDialog,
  GuardedButton,
  Person,
  personName,
  TimeAgo,
} from '../components';
import { imageRegistryTranslationRef, useTranslate } from '../translation';

const useStyles = makeStyles(theme => ({
  root: {
    overflowWrap: 'anywhere',
    // Beside the button, a reason has no room on a telephone.
    [theme.breakpoints.down('xs')]: {
      flexWrap: 'wrap',
      '& .MuiAlert-message': { flex: 1 },
      '& .MuiAlert-action': { width: '100%', justifyContent: 'flex-end' },
    },
  },
  button: { whiteSpace: 'nowrap' },
}));

/**
 * Says that deploys are frozen, by whom, why and until when; and lifts it.
 *
 * @public
 */
export function FreezeNotice(props: {
  freeze: Freeze;
  /** Why the person may not lift it. */
  deniedReason?: string;
  onLifted(): void;
}) {
  const { freeze, deniedReason, onLifted } = props;
  const classes = useStyles();
  const api = useApi(imageRegistryApiRef);
  const t = useTranslate(imageRegistryTranslationRef);
  const [asking, setAsking] = useState(false);
  const { reason, author, createdAt, endsAt } = freeze;
  return (
    <Alert
      severity="warning"
      icon={<FreezeIcon fontSize="inherit" aria-hidden />}
      className={classes.root}
      action={
        <GuardedButton
          color="inherit"
          size="small"
          className={classes.button}
          deniedReason={deniedReason}
          onClick={() => setAsking(true)}
        >
          {t('freeze.lift')}
        </GuardedButton>
      }
    >
      <strong>
        {freeze.entityRef
          ? t('freeze.isComponent', {
              component: personName(freeze.entityRef),
              reason,
            })
          : t('freeze.isAll', { reason })}
      </strong>
      <div>
        {t('freeze.by', {
          author: <Person entityRef={author} />,
          time: <TimeAgo time={createdAt} />,
        })}
        {' · '}
        {endsAt
          ? t('freeze.ends', { time: <TimeAgo time={endsAt} /> })
          : t('freeze.endsNot')}
      </div>
      <ConfirmDialog
        open={asking}
        title={t('freeze.liftTitle')}
        confirmLabel={t('freeze.liftConfirm')}
        errorTitle={t('freeze.liftFailed')}
        onConfirm={async () => {
          await api.deleteFreeze(freeze.entityRef);
          onLifted();
        }}
        onClose={() => setAsking(false)}
      >
        <Typography>{t('freeze.liftExplanation')}</Typography>
      </ConfirmDialog>
    </Alert>
  );
}
