import { usePermission } from '@backstage/plugin-permission-react';
import { makeStyles } from '@material-ui/core/styles';
import FreezeIcon from '@material-ui/icons/AcUnit';
import { freezeManagePermission } from '@slipway/backstage-plugin-image-registry-common';
import {
  ErrorPanel,
  FreezeDialog,
  GuardedButton,
  imageRegistryTranslationRef,
  SectionTitle,
  useImageRegistryQuery,
  useTranslate,
} from '@slipway/backstage-plugin-image-registry-react';
import { useQueryParameters } from '../page/useQueryParameters';
import { imageRegistryPageTranslationRef } from '../translation';
import { ApprovalList } from './ApprovalList';
import { FreezeList } from './FreezeList';
import { HoldList } from './HoldList';
import { RolloutList } from './RolloutList';

const useStyles = makeStyles(theme => ({
  root: {
    display: 'flex',
    flexDirection: 'column',
    gap: theme.spacing(2),
    minWidth: 0,
  },
  head: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    justifyContent: 'space-between',
    gap: theme.spacing(1),
    '& > *': { margin: 0 },
  },
}));

/** What happens, waits and is held, over all components. */
export function ActivityTab() {
  const classes = useStyles();
  const t = useTranslate(imageRegistryPageTranslationRef);
  const shared = useTranslate(imageRegistryTranslationRef);
  const query = useQueryParameters();
  const manage = usePermission({ permission: freezeManagePermission });
  const deniedReason =
    manage.loading || manage.allowed ? undefined : shared('permission.denied');
  const freezes = useImageRegistryQuery(
    (api, signal) => api.listFreezes({}, { signal }),
    [],
    { topics: ['freeze'] },
  );
  const frozen = freezes.value?.some(({ entityRef }) => !entityRef);
  return (
    <div className={classes.root}>
      <div className={classes.head}>
        <SectionTitle component="h2">{t('page.tab.activity')}</SectionTitle>
        {!frozen && (
          <GuardedButton
            variant="outlined"
            startIcon={<FreezeIcon aria-hidden />}
            deniedReason={deniedReason}
            onClick={() => query.set({ freeze: 'all' })}
          >
            {shared('freeze.all')}
          </GuardedButton>
        )}
      </div>
      {freezes.error && (
        <ErrorPanel
          error={freezes.error}
          title={t('activity.freezesFailed')}
          onRetry={freezes.refetch}
        />
      )}
      <FreezeList freezes={freezes.value ?? []} onLifted={freezes.refetch} />
      <ApprovalList />
      <RolloutList />
      <HoldList />
      {query.get('freeze') === 'all' && manage.allowed && (
        <FreezeDialog
          onFrozen={freezes.refetch}
          onClose={() => query.set({ freeze: undefined })}
        />
      )}
    </div>
  );
}
