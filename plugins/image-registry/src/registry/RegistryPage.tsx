import { ReactNode, useState } from 'react';
import { useApi, useRouteRef } from '@backstage/core-plugin-api';
import Chip from '@material-ui/core/Chip';
import Link from '@material-ui/core/Link';
import { makeStyles } from '@material-ui/core/styles';
import Tab from '@material-ui/core/Tab';
import Tabs from '@material-ui/core/Tabs';
import Typography from '@material-ui/core/Typography';
import {
  ProviderDescriptor,
  Registry,
} from '@slipway/backstage-plugin-image-registry-common';
import {
  EmptyState,
  ErrorPanel,
  GuardedButton,
  RowsSkeleton,
  imageRegistryApiRef,
  imageRegistryTranslationRef,
  useRegistries,
  useTranslate,
} from '@slipway/backstage-plugin-image-registry-react';
import { Link as RouterLink, useNavigate, useParams } from 'react-router-dom';
import { RegistryDialog } from '../form';
import { Panel } from '../page/Panel';
import { useQueryParameters } from '../page/useQueryParameters';
import { rootRouteRef } from '../routes';
import { imageRegistryPageTranslationRef } from '../translation';
import { DeleteRegistryDialog } from './DeleteRegistryDialog';
import { RegistryBrowse } from './RegistryBrowse';
import { RegistryOverview } from './RegistryOverview';
import { RegistrySettings } from './RegistrySettings';
import { RegistryWebhooks } from './RegistryWebhooks';

const useStyles = makeStyles(theme => ({
  head: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: theme.spacing(1, 2),
    marginTop: theme.spacing(1),
  },
  name: { overflowWrap: 'anywhere', minWidth: 0 },
  buttons: { display: 'flex', gap: theme.spacing(1), marginLeft: 'auto' },
  tabs: { margin: theme.spacing(1, 0, 2) },
}));

const sections = ['overview', 'browse', 'webhooks', 'settings'] as const;

/** One registry: overview, browse, webhooks, settings. */
export function RegistryPage() {
  const t = useTranslate(imageRegistryPageTranslationRef);
  const { registryId } = useParams<{ registryId: string }>();
  const root = useRouteRef(rootRouteRef)();
  const { value, error, refetch } = useRegistries();
  const registry = value?.registries.find(({ id }) => id === registryId);

  let content: ReactNode;
  if (error && !value) {
    content = <ErrorPanel error={error} onRetry={refetch} />;
  } else if (!value) {
    content = <RowsSkeleton />;
  } else if (!registry) {
    content = (
      <Panel>
        <EmptyState
          title={t('registry.notFound')}
          description={t('registry.notFoundHelper')}
        />
      </Panel>
    );
  } else {
    content = (
      <OpenRegistry
        registry={registry}
        registries={value.registries}
        providers={value.providers}
        onChanged={refetch}
      />
    );
  }
  return (
    <>
      <Link component={RouterLink} to={root}>
        {t('registry.all')}
      </Link>
      {content}
    </>
  );
}

function OpenRegistry(props: {
  registry: Registry;
  registries: Registry[];
  providers: ProviderDescriptor[];
  onChanged(): void;
}) {
  const { registry, registries, providers, onChanged } = props;
  const classes = useStyles();
  const t = useTranslate(imageRegistryPageTranslationRef);
  const shared = useTranslate(imageRegistryTranslationRef);
  const query = useQueryParameters();
  const root = useRouteRef(rootRouteRef)();
  const navigate = useNavigate();
  const api = useApi(imageRegistryApiRef);
  const [deleting, setDeleting] = useState(false);
  const provider = providers.find(({ id }) => id === registry.provider);
  const section =
    sections.find(name => name === query.get('section')) ?? 'overview';
  const denied = (may: boolean | undefined) => {
    if (registry.source === 'config') {
      return t('registry.fromConfig');
    }
    return may ? undefined : shared('permission.denied');
  };

  return (
    <>
      <div className={classes.head}>
        <Typography variant="h4" component="h2" className={classes.name}>
          {registry.name}
        </Typography>
        {registry.isDefault && (
          <Chip size="small" label={t('registries.default')} />
        )}
        {registry.source === 'config' && (
          <Chip
            size="small"
            variant="outlined"
            label={t('registries.readOnly')}
          />
        )}
        <div className={classes.buttons}>
          <GuardedButton
            variant="outlined"
            deniedReason={denied(registry.may?.update)}
            onClick={() => query.set({ edit: 'registry' })}
          >
            {t('registry.edit')}
          </GuardedButton>
          <GuardedButton
            variant="outlined"
            deniedReason={denied(registry.may?.delete)}
            onClick={() => setDeleting(true)}
          >
            {t('registry.delete')}
          </GuardedButton>
        </div>
      </div>
      <Tabs
        className={classes.tabs}
        value={section}
        indicatorColor="primary"
        variant="scrollable"
        scrollButtons="auto"
        onChange={(_, next) => query.set({ section: next })}
        aria-label={registry.name}
      >
        {sections.map(name => (
          <Tab
            key={name}
            value={name}
            id={`registry-tab-${name}`}
            aria-controls="registry-section"
            label={t(`registry.section.${name}`)}
          />
        ))}
      </Tabs>
      <div
        id="registry-section"
        role="tabpanel"
        aria-labelledby={`registry-tab-${section}`}
      >
        <Panel>
          {section === 'overview' && (
            <RegistryOverview
              registry={registry}
              provider={provider}
              onChecked={onChanged}
            />
          )}
          {section === 'browse' && (
            <RegistryBrowse registry={registry} provider={provider} />
          )}
          {section === 'webhooks' && (
            <RegistryWebhooks registry={registry} provider={provider} />
          )}
          {section === 'settings' && (
            <RegistrySettings registry={registry} provider={provider} />
          )}
        </Panel>
      </div>
      {query.get('edit') === 'registry' && registry.may?.update && (
        <RegistryDialog
          providers={providers}
          registries={registries}
          registry={registry}
          onClose={() => query.set({ edit: undefined })}
          onSaved={() => {
            onChanged();
            query.set({ edit: undefined });
          }}
        />
      )}
      <DeleteRegistryDialog
        registry={registry}
        open={deleting}
        onClose={() => setDeleting(false)}
        onConfirm={async () => {
          await api.deleteRegistry(registry.id);
          navigate(root);
        }}
      />
    </>
  );
}
