import { useState } from 'react';
import { useApi } from '@backstage/core-plugin-api';
import { usePermission } from '@backstage/plugin-permission-react';
import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import AddIcon from '@material-ui/icons/Add';
import {
  Environment,
  environmentManagePermission,
  pullSecretManagePermission,
} from '@slipway/backstage-plugin-image-registry-common';
import {
  ConfirmDialog,
  EmptyState,
  ErrorPanel,
  GuardedButton,
  imageRegistryApiRef,
  imageRegistryTranslationRef,
  RowsSkeleton,
  SectionTitle,
  useImageRegistryQuery,
  useTranslate,
} from '@slipway/backstage-plugin-image-registry-react';
import { Panel } from '../page/Panel';
import { useQueryParameters } from '../page/useQueryParameters';
import { imageRegistryPageTranslationRef } from '../translation';
import { ClusterList } from './ClusterList';
import { EnvironmentDialog } from './EnvironmentDialog';
import { EnvironmentTable } from './EnvironmentTable';
import { FixPullSecretsDialog } from './FixPullSecretsDialog';
import { GrantDialog } from './GrantDialog';
import { useEnvironmentReviews } from './useEnvironmentReviews';

const useStyles = makeStyles(theme => ({
  head: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    justifyContent: 'space-between',
    gap: theme.spacing(1),
    marginBottom: theme.spacing(2),
    '& > *': { margin: 0 },
  },
}));

/** Environments in their order, and the clusters they are made of. */
export function EnvironmentsTab() {
  const classes = useStyles();
  const t = useTranslate(imageRegistryPageTranslationRef);
  const shared = useTranslate(imageRegistryTranslationRef);
  const api = useApi(imageRegistryApiRef);
  const query = useQueryParameters();
  const [deleting, setDeleting] = useState<Environment>();
  const manage = usePermission({ permission: environmentManagePermission });
  const secrets = usePermission({ permission: pullSecretManagePermission });
  const deniedReason =
    manage.loading || manage.allowed ? undefined : shared('permission.denied');
  const { value, error, refetch } = useImageRegistryQuery(
    async (client, signal) => {
      const [environments, clusters, registries] = await Promise.all([
        client.listEnvironments({ signal }),
        client.listClusters({ signal }),
        client.listRegistries({}, { signal }),
      ]);
      return { environments, clusters, registries: registries.items };
    },
    [],
    { topics: ['target', 'registry'] },
  );
  const reviews = useEnvironmentReviews(value?.environments, secrets.allowed);
  const fixed = value?.environments.find(({ id }) => id === query.get('fix'));
  const fixedReview = fixed && reviews.of(fixed.id).review;
  const granted = placeOf(query.get('grant'));
  const opened = query.get('environment');
  const edited = value?.environments.find(({ id }) => id === opened);

  return (
    <>
      <div className={classes.head}>
        <SectionTitle component="h2">{t('page.tab.environments')}</SectionTitle>
        <GuardedButton
          variant="contained"
          color="primary"
          startIcon={<AddIcon aria-hidden />}
          deniedReason={deniedReason}
          onClick={() => query.set({ environment: 'new' })}
        >
          {t('environments.add')}
        </GuardedButton>
      </div>
      {error && <ErrorPanel error={error} onRetry={refetch} />}
      {!value && !error && <RowsSkeleton />}
      {value && (
        <Panel>
          {value.environments.length === 0 ? (
            <EmptyState
              title={t('environments.none')}
              description={t('environments.noneHelper')}
            />
          ) : (
            <EnvironmentTable
              environments={value.environments}
              clusters={value.clusters}
              registries={value.registries}
              deniedReason={deniedReason}
              reviews={secrets.allowed ? reviews : undefined}
              onFix={({ id }) => query.set({ fix: id })}
              onGrant={({ cluster, namespace }) =>
                query.set({ grant: `${cluster}/${namespace}` })
              }
              onEdit={environment => query.set({ environment: environment.id })}
              onDelete={setDeleting}
            />
          )}
          <ClusterList clusters={value.clusters} />
        </Panel>
      )}
      {value && manage.allowed && (edited || opened === 'new') && (
        <EnvironmentDialog
          key={opened}
          environment={edited}
          environments={value.environments}
          clusters={value.clusters}
          registries={value.registries}
          onClose={() => query.set({ environment: undefined })}
          onSaved={refetch}
        />
      )}
      {fixed && fixedReview?.registryId && (
        <FixPullSecretsDialog
          key={fixed.id}
          environment={fixed}
          review={fixedReview}
          registryName={
            value?.registries.find(({ id }) => id === fixedReview.registryId)
              ?.name ?? fixedReview.registryId
          }
          onClose={() => query.set({ fix: undefined })}
          onChanged={() => reviews.refetch(fixed.id)}
        />
      )}
      {granted && secrets.allowed && (
        <GrantDialog
          place={granted}
          onClose={() => query.set({ grant: undefined })}
        />
      )}
      <ConfirmDialog
        open={deleting !== undefined}
        title={t('environments.deleteTitle', { name: deleting?.name ?? '' })}
        confirmLabel={shared('action.delete')}
        errorTitle={t('environments.notDeleted')}
        onClose={() => setDeleting(undefined)}
        onConfirm={async () => {
          await api.deleteEnvironment(deleting!.id);
          refetch();
        }}
      >
        <Typography paragraph>{t('environments.deleteText')}</Typography>
      </ConfirmDialog>
    </>
  );
}

/** `cluster/namespace`; a cluster's own name may hold slashes. */
function placeOf(text: string | undefined) {
  const slash = text?.lastIndexOf('/') ?? -1;
  return text && slash > 0
    ? { cluster: text.slice(0, slash), namespace: text.slice(slash + 1) }
    : undefined;
}
