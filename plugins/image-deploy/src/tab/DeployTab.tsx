import { useCallback, useMemo } from 'react';
import { stringifyEntityRef } from '@backstage/catalog-model';
import { useEntity } from '@backstage/plugin-catalog-react';
import { makeStyles } from '@material-ui/core/styles';
import Skeleton from '@material-ui/lab/Skeleton';
import {
  ErrorPanel,
  ImageRegistryQuery,
  useTranslate,
} from '@slipway/backstage-plugin-image-registry-react';
import { History } from '../history';
import { Lanes, UnknownClusters } from '../lanes';
import { FreezeBar } from '../protection';
import { imageDeployTranslationRef } from '../translation';
import { Deployments, DeploymentsProvider } from './DeploymentsContext';
import { NoWorkload } from './NoWorkload';
import { OpenPanel } from './OpenPanel';
import {
  revisionOf,
  Running,
  usePolicies,
  useRecentRollouts,
  useRegistryNames,
  useRunning,
} from './useDeployments';
import { useRights } from './useRights';
import { useTabLocation } from './useTabLocation';

const useStyles = makeStyles(theme => ({
  root: {
    display: 'flex',
    flexDirection: 'column',
    gap: theme.spacing(2),
    minWidth: 0,
  },
  skeletons: {
    display: 'grid',
    gridTemplateColumns: 'repeat(auto-fill, minmax(min(300px, 100%), 1fr))',
    gap: theme.spacing(2),
  },
}));

/** What runs where, and everything that changes it. */
export function DeployTab() {
  const classes = useStyles();
  const { entity } = useEntity();
  const entityRef = stringifyEntityRef(entity);
  const running = useRunning(entityRef);
  if (!running.value) {
    return <Unread running={running} />;
  }
  return (
    <div className={classes.root}>
      {running.error && (
        <ErrorPanel error={running.error} onRetry={running.refetch} />
      )}
      <Content
        running={running.value}
        entityRef={entityRef}
        onRefetch={running.refetch}
      />
    </div>
  );
}

function Unread({ running }: { running: ImageRegistryQuery<Running> }) {
  const classes = useStyles();
  const t = useTranslate(imageDeployTranslationRef);
  if (running.error) {
    return (
      <ErrorPanel
        error={running.error}
        title={t('tab.loadFailed')}
        onRetry={running.refetch}
      />
    );
  }
  return (
    <div
      className={classes.skeletons}
      role="status"
      aria-label={t('tab.loading')}
    >
      {['first', 'second', 'third'].map(place => (
        <Skeleton key={place} variant="rect" height={240} />
      ))}
    </div>
  );
}

function Content(props: {
  running: Running;
  entityRef: string;
  onRefetch(): void;
}) {
  const { running, entityRef, onRefetch } = props;
  const { entity } = useEntity();
  const policies = usePolicies(entityRef);
  const rollouts = useRecentRollouts(entityRef, revisionOf(running));
  const registryNames = useRegistryNames();
  const rights = useRights(entity);
  const location = useTabLocation();

  const { refetch: refetchPolicies } = policies;
  const { refetch: refetchRollouts } = rollouts;
  const refetch = useCallback(() => {
    onRefetch();
    refetchPolicies();
    refetchRollouts();
  }, [onRefetch, refetchPolicies, refetchRollouts]);

  const shared = useMemo(
    (): Deployments => ({
      entity,
      entityRef,
      running,
      policies: policies.value ?? [],
      rollouts: rollouts.value ?? [],
      registryNames,
      rights,
      location,
      refetch,
    }),
    [
      entity,
      entityRef,
      running,
      policies.value,
      rollouts.value,
      registryNames,
      rights,
      location,
      refetch,
    ],
  );
  return (
    <DeploymentsProvider value={shared}>
      {policies.error && (
        <ErrorPanel error={policies.error} onRetry={refetchPolicies} />
      )}
      <FreezeBar />
      {running.items.length === 0 && <NoWorkload />}
      <Lanes />
      <UnknownClusters running={running} onRetry={refetch} />
      <History />
      <OpenPanel />
    </DeploymentsProvider>
  );
}
