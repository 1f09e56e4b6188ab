import { ReactNode, useState } from 'react';
import Button from '@material-ui/core/Button';
import FormControlLabel from '@material-ui/core/FormControlLabel';
import { makeStyles } from '@material-ui/core/styles';
import Switch from '@material-ui/core/Switch';
import Typography from '@material-ui/core/Typography';
import { Pod, Target } from '@slipway/backstage-plugin-image-registry-common';
import {
  CodeBlock,
  ErrorPanel,
  RowsSkeleton,
  useImageRegistryQuery,
  useTranslate,
} from '@slipway/backstage-plugin-image-registry-react';
import { useDeploymentsContext } from '../tab/DeploymentsContext';
import { imageDeployTranslationRef } from '../translation';

/** Lines read from the end of a log. */
const TAIL_LINES = 500;

const useStyles = makeStyles(theme => ({
  head: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: theme.spacing(0, 2),
  },
}));

/** The end of a container's log, of its present or its previous run. */
export function PodLog({ target, pod }: { target: Target; pod: Pod }) {
  const classes = useStyles();
  const t = useTranslate(imageDeployTranslationRef);
  const { entityRef } = useDeploymentsContext();
  const [previous, setPrevious] = useState(false);
  const { value, loading, refetching, error, refetch } = useImageRegistryQuery(
    (api, signal) =>
      api.getPodLog(
        target.key,
        {
          entityRef,
          pod: pod.name,
          tailLines: TAIL_LINES,
          previous: previous || undefined,
        },
        { signal },
      ),
    [target.key, entityRef, pod.name, previous],
  );
  let content: ReactNode;
  if (error) {
    content = (
      <ErrorPanel error={error} title={t('log.loadFailed')} onRetry={refetch} />
    );
  } else if (loading || value === undefined) {
    content = <RowsSkeleton rows={3} />;
  } else if (value === '') {
    content = <Typography variant="body2">{t('log.empty')}</Typography>;
  } else {
    content = <CodeBlock text={value} what={t('log.of', { pod: pod.name })} />;
  }
  return (
    <>
      <div className={classes.head}>
        <FormControlLabel
          control={
            <Switch
              size="small"
              color="primary"
              checked={previous}
              onChange={event => setPrevious(event.target.checked)}
            />
          }
          label={t('log.previous')}
        />
        <Button size="small" onClick={refetch} disabled={refetching}>
          {t('log.refresh')}
        </Button>
      </div>
      {content}
    </>
  );
}
