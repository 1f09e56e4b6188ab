import { ReactNode } from 'react';
import { configApiRef, useApi, useRouteRef } from '@backstage/core-plugin-api';
import { catalogApiRef } from '@backstage/plugin-catalog-react';
import Link from '@material-ui/core/Link';
import Paper from '@material-ui/core/Paper';
import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import DoneIcon from '@material-ui/icons/CheckCircle';
import OpenIcon from '@material-ui/icons/RadioButtonUnchecked';
import WarningIcon from '@material-ui/icons/Warning';
import {
  KUBERNETES_ID_ANNOTATION,
  KUBERNETES_LABEL_SELECTOR_ANNOTATION,
  Registry,
} from '@slipway/backstage-plugin-image-registry-common';
import {
  GuardedButton,
  SectionTitle,
  StateLabel,
  useImageRegistryQuery,
  useTranslate,
} from '@slipway/backstage-plugin-image-registry-react';
import useAsync from 'react-use/esm/useAsync';
import { Link as RouterLink } from 'react-router-dom';
import { rootRouteRef } from '../routes';
import { imageRegistryPageTranslationRef } from '../translation';
import { isPublicAddress } from './isPublicAddress';

const useStyles = makeStyles(theme => ({
  root: { padding: theme.spacing(2), marginTop: theme.spacing(3) },
  list: {
    margin: 0,
    paddingLeft: theme.spacing(3),
    '& li': { padding: theme.spacing(1, 0) },
  },
}));

interface FirstHourProps {
  registries: Registry[];
  /** Why the person may not add one. */
  deniedReason?: string;
  onAdd(): void;
}

/** What is left to do before images can be deployed; gone when all is done. */
export function FirstHour(props: FirstHourProps) {
  const { registries, deniedReason, onAdd } = props;
  const classes = useStyles();
  const t = useTranslate(imageRegistryPageTranslationRef);
  const root = useRouteRef(rootRouteRef)();
  const configApi = useApi(configApiRef);
  const { value } = useImageRegistryQuery(async (api, signal) => {
    const [clusters, environments] = await Promise.all([
      api.listClusters({ signal }),
      api.listEnvironments({ signal }),
    ]);
    return { clusters, environments };
  }, []);
  if (!value) {
    return null;
  }
  const { clusters, environments } = value;
  const address =
    configApi.getOptionalString('backend.baseUrl') ?? window.location.origin;
  const reachable = isPublicAddress(address);
  const down = clusters.filter(cluster => !cluster.reachable);
  const connected = registries.length > 0;
  const named = environments.length > 0;
  if (connected && named && clusters.length > 0) {
    return null;
  }

  return (
    <Paper variant="outlined" className={classes.root}>
      <SectionTitle component="h2">{t('firstHour.title')}</SectionTitle>
      <ol className={classes.list}>
        <Step
          done={connected}
          action={
            !connected && (
              <GuardedButton
                size="small"
                color="primary"
                deniedReason={deniedReason}
                onClick={onAdd}
              >
                {t('registries.add')}
              </GuardedButton>
            )
          }
        >
          {connected
            ? t('firstHour.registriesDone', {
                total: String(registries.length),
              })
            : t('firstHour.registries')}
        </Step>
        <Step done={clusters.length > 0} warning={down.length > 0}>
          {clusters.length === 0
            ? t('firstHour.noClusters')
            : t('firstHour.clusters', {
                total: String(clusters.length),
                down: String(down.length),
              })}
        </Step>
        <Step
          done={named}
          action={
            <Link
              component={RouterLink}
              underline="always"
              to={`${root}/environments`}
            >
              {t('firstHour.openEnvironments')}
            </Link>
          }
        >
          {named
            ? t('firstHour.environmentsDone', {
                total: String(environments.length),
              })
            : t('firstHour.environments')}
        </Step>
        <Step
          done={reachable}
          warning={!reachable}
          action={
            connected && (
              <Link
                component={RouterLink}
                underline="always"
                to={`${root}/registries/${registries[0].id}?section=webhooks`}
              >
                {t('firstHour.openWebhooks')}
              </Link>
            )
          }
        >
          {reachable
            ? t('firstHour.webhookPublic', { address })
            : t('firstHour.webhookPrivate', { address })}
        </Step>
        <ComponentsStep />
      </ol>
    </Paper>
  );
}

/** With either of them, a component says which workloads are its own. */
const bindings = [
  `metadata.annotations.${KUBERNETES_ID_ANNOTATION}`,
  `metadata.annotations.${KUBERNETES_LABEL_SELECTOR_ANNOTATION}`,
];

/** How many components say which workloads are theirs. */
function ComponentsStep() {
  const t = useTranslate(imageRegistryPageTranslationRef);
  const catalogApi = useApi(catalogApiRef);
  const { value } = useAsync(async () => {
    const { facets } = await catalogApi.getEntityFacets({
      filter: { kind: 'component' },
      facets: ['kind', ...bindings],
    });
    const count = (facet: string) =>
      facets[facet].reduce((sum, each) => sum + each.count, 0);
    const total = count('kind');
    const bound = bindings.reduce((sum, facet) => sum + count(facet), 0);
    return { total, bound: Math.min(total, bound) };
  }, [catalogApi]);
  if (!value) {
    return null;
  }
  const { total, bound } = value;
  return (
    <Step done={bound > 0} warning={bound < total}>
      {t('firstHour.components', {
        bound: String(bound),
        total: String(total),
        annotation: KUBERNETES_ID_ANNOTATION,
      })}
    </Step>
  );
}

function Step(props: {
  done: boolean;
  warning?: boolean;
  action?: ReactNode;
  children: ReactNode;
}) {
  const { done, warning, action, children } = props;
  let icon = OpenIcon;
  if (done) {
    icon = warning ? WarningIcon : DoneIcon;
  }
  const tone = warning ? 'warning' : 'ok';
  return (
    <li>
      <Typography variant="body2" component="span">
        <StateLabel icon={icon} tone={done ? tone : 'neutral'}>
          {children}
        </StateLabel>{' '}
        {action}
      </Typography>
    </li>
  );
}
