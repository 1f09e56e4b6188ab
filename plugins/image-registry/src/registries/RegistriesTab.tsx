import { useRouteRef } from '@backstage/core-plugin-api';
import { usePermission } from '@backstage/plugin-permission-react';
import { makeStyles } from '@material-ui/core/styles';
import Paper from '@material-ui/core/Paper';
import AddIcon from '@material-ui/icons/Add';
import { registryCreatePermission } from '@slipway/backstage-plugin-image-registry-common';
import {
  ErrorPanel,
  GuardedButton,
  RowsSkeleton,
  SectionTitle,
  useRegistries,
  useTranslate,
} from '@slipway/backstage-plugin-image-registry-react';
import { useNavigate } from 'react-router-dom';
import { RegistryDialog } from '../form';
import { useQueryParameters } from '../page/useQueryParameters';
import { rootRouteRef } from '../routes';
import { imageRegistryPageTranslationRef } from '../translation';
import { FirstHour } from './FirstHour';
import { RegistryTable } from './RegistryTable';

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

/** All registries, or the first hour where there is none. */
export function RegistriesTab() {
  const classes = useStyles();
  const t = useTranslate(imageRegistryPageTranslationRef);
  const query = useQueryParameters();
  const navigate = useNavigate();
  const root = useRouteRef(rootRouteRef)();
  const { value, error, refetch } = useRegistries();
  const create = usePermission({ permission: registryCreatePermission });
  const deniedReason =
    create.loading || create.allowed ? undefined : t('registries.addDenied');

  const add = () => query.set({ add: 'registry' });
  const addButton = (
    <GuardedButton
      variant="contained"
      color="primary"
      startIcon={<AddIcon aria-hidden />}
      deniedReason={deniedReason}
      onClick={add}
    >
      {t('registries.add')}
    </GuardedButton>
  );

  return (
    <>
      <div className={classes.head}>
        <SectionTitle component="h2">{t('page.tab.registries')}</SectionTitle>
        {addButton}
      </div>
      {error && <ErrorPanel error={error} onRetry={refetch} />}
      {!value && !error && <RowsSkeleton />}
      {value && value.registries.length > 0 && (
        <Paper variant="outlined">
          <RegistryTable {...value} />
        </Paper>
      )}
      {value && (
        <FirstHour
          registries={value.registries}
          deniedReason={deniedReason}
          onAdd={add}
        />
      )}
      {value && query.get('add') === 'registry' && create.allowed && (
        <RegistryDialog
          providers={value.providers}
          registries={value.registries}
          onClose={() => query.set({ add: undefined })}
          onSaved={registry =>
            navigate(`${root}/registries/${registry.id}`, { replace: true })
          }
        />
      )}
    </>
  );
}
