import { ReactNode } from 'react';
import Button from '@material-ui/core/Button';
import MenuItem from '@material-ui/core/MenuItem';
import { makeStyles } from '@material-ui/core/styles';
import Paper from '@material-ui/core/Paper';
import TextField from '@material-ui/core/TextField';
import Typography from '@material-ui/core/Typography';
import {
  EmptyState,
  ErrorPanel,
  RowsSkeleton,
  useTranslate,
} from '@slipway/backstage-plugin-image-registry-react';
import { useDeploymentsContext } from '../tab/DeploymentsContext';
import { revisionOf } from '../tab/useDeployments';
import { imageDeployTranslationRef } from '../translation';
import { HistoryRow } from './HistoryRow';
import { useHistory } from './useHistory';

const useStyles = makeStyles(theme => ({
  root: { padding: theme.spacing(1, 2, 2) },
  head: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    justifyContent: 'space-between',
    gap: theme.spacing(1, 2),
    margin: theme.spacing(1, 0),
  },
  filter: { minWidth: 200, maxWidth: '100%' },
  rows: { listStyle: 'none', margin: 0, padding: 0 },
}));

/** Every rollout of the component, newest first. */
export function History() {
  const classes = useStyles();
  const t = useTranslate(imageDeployTranslationRef);
  const { entityRef, location, running } = useDeploymentsContext();
  const history = useHistory(
    entityRef,
    location.environment,
    revisionOf(running),
  );

  let content: ReactNode;
  if (history.error && !history.rollouts) {
    content = (
      <ErrorPanel
        error={history.error}
        title={t('history.loadFailed')}
        onRetry={history.refetch}
      />
    );
  } else if (!history.rollouts) {
    content = <RowsSkeleton />;
  } else if (history.rollouts.length === 0) {
    content = (
      <EmptyState
        title={t('history.empty')}
        description={t('history.emptyHint')}
      />
    );
  } else {
    content = (
      <ol className={classes.rows}>
        {history.rollouts.map(rollout => (
          <HistoryRow key={rollout.id} rollout={rollout} />
        ))}
      </ol>
    );
  }
  return (
    <Paper
      variant="outlined"
      component="section"
      className={classes.root}
      aria-labelledby="image-deploy-history"
    >
      <div className={classes.head}>
        <Typography variant="h6" component="h2" id="image-deploy-history">
          {t('history.title')}
        </Typography>
        <EnvironmentFilter />
      </div>
      {content}
      {history.hasOlder && (
        <Button onClick={history.showOlder} disabled={history.loadingOlder}>
          {t('history.older')}
        </Button>
      )}
    </Paper>
  );
}

function EnvironmentFilter() {
  const classes = useStyles();
  const t = useTranslate(imageDeployTranslationRef);
  const { running, location } = useDeploymentsContext();
  const names = running.environments.map(environment => environment.name);
  const chosen = names.find(name => name === location.environment) ?? '';
  return (
    <TextField
      id="image-deploy-history-environment"
      className={classes.filter}
      select
      size="small"
      variant="outlined"
      label={t('history.environment')}
      value={chosen}
      onChange={event =>
        location.filterEnvironment(event.target.value || undefined)
      }
      InputLabelProps={{ shrink: true }}
      SelectProps={{
        displayEmpty: true,
        SelectDisplayProps: {
          id: 'image-deploy-history-environment-value',
          style: { whiteSpace: 'normal' },
        },
      }}
    >
      <MenuItem value="">{t('history.allEnvironments')}</MenuItem>
      {names.map(name => (
        <MenuItem key={name} value={name}>
          {name}
        </MenuItem>
      ))}
    </TextField>
  );
}
