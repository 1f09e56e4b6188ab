import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import { RolloutEvidence } from '@slipway/backstage-plugin-image-registry-common';
import {
  CodeBlock,
  ErrorPanel,
  RowsSkeleton,
  TimeAgo,
  useImageRegistryQuery,
  useTranslate,
} from '@slipway/backstage-plugin-image-registry-react';
import { imageDeployTranslationRef } from '../translation';

const useStyles = makeStyles(theme => ({
  part: { marginTop: theme.spacing(2) },
  secondary: { color: theme.palette.text.secondary },
}));

/** Logs, events and pull messages that a failed rollout left. */
export function Evidence({ id }: { id: string }) {
  const t = useTranslate(imageDeployTranslationRef);
  const { value, error, refetch } = useImageRegistryQuery(
    (api, signal) => api.getRolloutEvidence(id, { signal }),
    [id],
  );
  if (value) {
    return <Parts evidence={value} />;
  }
  return error ? (
    <ErrorPanel
      error={error}
      title={t('evidence.loadFailed')}
      onRetry={refetch}
    />
  ) : (
    <RowsSkeleton rows={3} />
  );
}

function Parts({ evidence }: { evidence: RolloutEvidence }) {
  const classes = useStyles();
  const t = useTranslate(imageDeployTranslationRef);
  const { capturedAt, events, logs, pullMessages, truncated } = evidence;
  const isEmpty = logs.length + events.length + pullMessages.length === 0;
  return (
    <>
      <Typography variant="body2" className={classes.secondary}>
        {t('evidence.subtitle', { time: <TimeAgo time={capturedAt} /> })}
      </Typography>
      {isEmpty && (
        <Typography variant="body2">{t('evidence.empty')}</Typography>
      )}
      {pullMessages.length > 0 && (
        <Part
          title={t('evidence.pullMessages')}
          text={pullMessages.join('\n')}
        />
      )}
      {logs.map(({ pod, container, previous, text }) => (
        <Part
          key={`${pod} ${container} ${previous}`}
          title={
            previous
              ? t('evidence.logBefore', { pod, container })
              : t('evidence.logOf', { pod, container })
          }
          text={text}
        />
      ))}
      <Events events={events} />
      {truncated && (
        <Typography variant="body2" className={classes.secondary}>
          {t('evidence.truncated')}
        </Typography>
      )}
    </>
  );
}

function Events({ events }: Pick<RolloutEvidence, 'events'>) {
  const t = useTranslate(imageDeployTranslationRef);
  if (events.length === 0) {
    return null;
  }
  const lines = events.map(({ kind, name, reason, message, count, at }) =>
    [
      at,
      t('evidence.event', { kind, name, reason, times: String(count) }),
      message,
    ]
      .filter(Boolean)
      .join('  '),
  );
  return <Part title={t('evidence.events')} text={lines.join('\n')} />;
}

function Part({ title, text }: { title: string; text: string }) {
  const classes = useStyles();
  return (
    <div className={classes.part}>
      <Typography variant="subtitle2" component="h4" gutterBottom>
        {title}
      </Typography>
      <CodeBlock text={text} what={title} />
    </div>
  );
}
