import { memo } from 'react';
import { makeStyles } from '@material-ui/core/styles';
import Table from '@material-ui/core/Table';
import TableBody from '@material-ui/core/TableBody';
import TableCell from '@material-ui/core/TableCell';
import TableContainer from '@material-ui/core/TableContainer';
import TableHead from '@material-ui/core/TableHead';
import TableRow from '@material-ui/core/TableRow';
import { Rollout } from '@slipway/backstage-plugin-image-registry-common';
import {
  FromTo,
  ReasonText,
  RolloutStateLabel,
  TimeAgo,
  useTranslate,
} from '@slipway/backstage-plugin-image-registry-react';
import { imageRegistryPageTranslationRef } from '../translation';
import { DeployLink } from './DeployLink';

const useStyles = makeStyles({
  table: {
    '& th, & td': { wordBreak: 'normal' },
    '& thead th': { whiteSpace: 'nowrap' },
  },
  state: { whiteSpace: 'nowrap' },
  text: { overflowWrap: 'anywhere', minWidth: 120 },
});

/** A live update changes few rows; the others are not drawn again. */
const RolloutRow = memo(function Row({ rollout }: { rollout: Rollout }) {
  const classes = useStyles();
  const t = useTranslate(imageRegistryPageTranslationRef);
  return (
    <TableRow>
      <TableCell component="th" scope="row" role="rowheader">
        <DeployLink
          entityRef={rollout.entityRef}
          query={{ steps: rollout.id }}
          aria-label={t('activity.open', {
            sequence: String(rollout.sequence),
          })}
        >
          <TimeAgo time={rollout.createdAt} />
        </DeployLink>
      </TableCell>
      <TableCell className={classes.text}>
        <DeployLink entityRef={rollout.entityRef} />
      </TableCell>
      <TableCell className={classes.text}>
        {rollout.environment ?? rollout.target.namespace}
      </TableCell>
      <TableCell className={classes.text}>
        <FromTo rollout={rollout} />
      </TableCell>
      <TableCell className={classes.state}>
        <RolloutStateLabel state={rollout.state} reason={rollout.reason} />
      </TableCell>
      <TableCell className={classes.text}>
        {rollout.reason && <ReasonText reason={rollout.reason} />}
      </TableCell>
    </TableRow>
  );
});

/** Rollouts of several components, each with the way to its steps. */
export function RolloutTable({ rollouts }: { rollouts: Rollout[] }) {
  const classes = useStyles();
  const t = useTranslate(imageRegistryPageTranslationRef);
  return (
    <TableContainer>
      <Table
        size="small"
        className={classes.table}
        aria-label={t('activity.rollouts')}
      >
        <TableHead>
          <TableRow>
            <TableCell>{t('activity.time')}</TableCell>
            <TableCell>{t('activity.component')}</TableCell>
            <TableCell>{t('activity.environment')}</TableCell>
            <TableCell>{t('activity.image')}</TableCell>
            <TableCell>{t('activity.state')}</TableCell>
            <TableCell>{t('activity.why')}</TableCell>
          </TableRow>
        </TableHead>
        <TableBody>
          {rollouts.map(rollout => (
            <RolloutRow key={rollout.id} rollout={rollout} />
          ))}
        </TableBody>
      </Table>
    </TableContainer>
  );
}
