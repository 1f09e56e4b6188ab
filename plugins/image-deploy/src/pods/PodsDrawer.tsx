import { ReactNode, useId } from 'react';
import Button from '@material-ui/core/Button';
import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import CheckIcon from '@material-ui/icons/CheckCircle';
import ErrorIcon from '@material-ui/icons/Error';
import { Pod, Target } from '@slipway/backstage-plugin-image-registry-common';
import {
  DetailsDrawer,
  DigestText,
  EmptyState,
  ErrorPanel,
  Facts,
  ReasonText,
  RowsSkeleton,
  StateLabel,
  TimeAgo,
  useImageRegistryQuery,
  useTranslate,
} from '@slipway/backstage-plugin-image-registry-react';
import { useDeploymentsContext } from '../tab/DeploymentsContext';
import { imageDeployTranslationRef } from '../translation';
import { PodLog } from './PodLog';

const useStyles = makeStyles(theme => ({
  pod: {
    borderTop: `1px solid ${theme.palette.divider}`,
    padding: theme.spacing(1.5, 0),
    overflowWrap: 'anywhere',
  },
}));

/** The pods of a target, why they do not run, and their logs. */
export function PodsDrawer({ target }: { target: Target }) {
  const titleId = useId();
  const t = useTranslate(imageDeployTranslationRef);
  const { entityRef, location } = useDeploymentsContext();
  const { value, error, refetch } = useImageRegistryQuery(
    (api, signal) => api.listPods(target.key, { entityRef }, { signal }),
    [target.key, entityRef],
    { topics: ['rollout', 'target'], entityRef, poll: true },
  );
  let content: ReactNode;
  if (value?.length === 0) {
    content = (
      <EmptyState title={t('pods.none')} description={t('pods.noneHint')} />
    );
  } else if (value) {
    content = value.map(pod => (
      <PodSection key={pod.name} pod={pod} target={target} />
    ));
  } else if (!error) {
    content = <RowsSkeleton />;
  }
  const { kind, name, container } = target.ref;
  return (
    <DetailsDrawer
      open
      titleId={titleId}
      title={t('pods.title')}
      subtitle={t('card.label', { kind, name, container })}
      onClose={location.close}
    >
      {error && (
        <ErrorPanel
          error={error}
          title={t('pods.loadFailed')}
          onRetry={refetch}
        />
      )}
      {content}
    </DetailsDrawer>
  );
}

function PodSection({ pod, target }: { pod: Pod; target: Target }) {
  const classes = useStyles();
  const t = useTranslate(imageDeployTranslationRef);
  const { location } = useDeploymentsContext();
  const shown = location.pod === pod.name;
  return (
    <section className={classes.pod} aria-label={pod.name}>
      <Typography variant="subtitle1" component="h3">
        {pod.name}
      </Typography>
      <Facts
        facts={[
          [
            t('pods.state'),
            <StateLabel
              key="state"
              icon={pod.ready ? CheckIcon : ErrorIcon}
              tone={pod.ready ? 'ok' : 'warning'}
            >
              {pod.ready
                ? t('pods.ready', { phase: pod.phase })
                : t('pods.notReady', { phase: pod.phase })}
            </StateLabel>,
          ],
          [t('pods.restarts'), String(pod.restarts)],
          [t('pods.reason'), pod.reason],
          [
            t('pods.message'),
            pod.because ? (
              <ReasonText key="message" reason={pod.because} />
            ) : (
              pod.message
            ),
          ],
          [
            t('pods.digest'),
            pod.digest && <DigestText key="digest" digest={pod.digest} />,
          ],
          [
            t('pods.started'),
            pod.startedAt && <TimeAgo key="started" time={pod.startedAt} />,
          ],
        ]}
      />
      <Button
        size="small"
        aria-expanded={shown}
        onClick={() => location.showPod(shown ? undefined : pod.name)}
      >
        {shown ? t('pods.hideLog') : t('pods.showLog')}
      </Button>
      {shown && <PodLog target={target} pod={pod} />}
    </section>
  );
}
