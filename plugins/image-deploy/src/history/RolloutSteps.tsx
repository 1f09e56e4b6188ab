import { makeStyles } from '@material-ui/core/styles';
import {
  RolloutDetails,
  RolloutEvent,
} from '@slipway/backstage-plugin-image-registry-common';
import {
  ApprovalText,
  ErrorPanel,
  GateList,
  ReasonText,
  RowsSkeleton,
  useImageRegistryQuery,
  useLanguage,
  useTranslate,
} from '@slipway/backstage-plugin-image-registry-react';
import { Evidence } from '../evidence';
import { PodList } from '../rollout';
import { useDeploymentsContext } from '../tab/DeploymentsContext';
import { imageDeployTranslationRef } from '../translation';
import { stepKeys, StepKey } from './stepKeys';
import { useDuration } from './useDuration';

const useStyles = makeStyles(theme => ({
  root: {
    margin: theme.spacing(1, 0),
    padding: theme.spacing(0, 0, 0, 2),
    borderLeft: `2px solid ${theme.palette.divider}`,
    listStyle: 'none',
    ...theme.typography.body2,
  },
  step: { padding: theme.spacing(0.5, 0) },
  text: { ...theme.typography.body2, margin: theme.spacing(1, 0, 0.5) },
  secondary: { color: theme.palette.text.secondary },
}));

/** The steps of a rollout as a timeline: what, when, how long, why. */
export function RolloutSteps({ id }: { id: string }) {
  const classes = useStyles();
  const t = useTranslate(imageDeployTranslationRef);
  const { entityRef } = useDeploymentsContext();
  const { value, error, refetch } = useImageRegistryQuery(
    (api, signal) => api.getRollout(id, { signal }),
    [id],
    { topics: ['rollout'], entityRef },
  );
  if (!value) {
    return error ? (
      <ErrorPanel error={error} onRetry={refetch} />
    ) : (
      <RowsSkeleton rows={3} />
    );
  }
  return (
    <>
      <ol className={classes.root}>
        {value.events.map((event, index) => (
          <Step
            key={event.sequence}
            event={event}
            until={endOf(value, index)}
          />
        ))}
      </ol>
      {value.hasEvidence && <Evidence id={id} />}
      {value.emergency && (
        <p className={classes.text}>
          {t('steps.emergency', { reason: value.emergency.reason })}
        </p>
      )}
      {value.approval && (
        <ApprovalText approval={value.approval} author={value.author} />
      )}
      {value.gates.length > 0 && (
        <>
          <p className={classes.text}>{t('steps.gates')}</p>
          <GateList gates={value.gates} label={t('steps.gates')} />
        </>
      )}
    </>
  );
}

function endOf(rollout: RolloutDetails, index: number): string | undefined {
  return rollout.events[index + 1]?.at;
}

function Step({ event, until }: { event: RolloutEvent; until?: string }) {
  const classes = useStyles();
  const language = useLanguage();
  const t = useTranslate(imageDeployTranslationRef);
  const duration = useDuration();
  const { progress } = event;
  const words = isStepKey(event.type)
    ? t(`step.${event.type}`)
    : t('step.other', { type: event.type });
  const pods = progress?.pods.filter(pod => pod.current !== false) ?? [];
  return (
    <li className={classes.step}>
      <div>
        <time dateTime={event.at} title={event.at}>
          {new Date(event.at).toLocaleTimeString(language)}
        </time>{' '}
        <strong>{words}</strong>{' '}
        {until && (
          <span className={classes.secondary}>{duration(event.at, until)}</span>
        )}
      </div>
      {event.reason && (
        <div>
          <ReasonText reason={event.reason} />
        </div>
      )}
      {progress && (
        <div>
          {t('active.progress', {
            updated: String(progress.updatedReplicas),
            ready: String(progress.readyReplicas),
            replicas: String(progress.replicas),
          })}
        </div>
      )}
      {pods.length > 0 && <PodList pods={pods} />}
    </li>
  );
}

function isStepKey(type: string): type is StepKey {
  return stepKeys.some(key => key === type);
}
