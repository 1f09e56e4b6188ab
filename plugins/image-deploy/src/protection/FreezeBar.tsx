import { usePermission } from '@backstage/plugin-permission-react';
import { makeStyles } from '@material-ui/core/styles';
import FreezeIcon from '@material-ui/icons/AcUnit';
import { freezeManagePermission } from '@slipway/backstage-plugin-image-registry-common';
import {
  ErrorPanel,
  FreezeDialog,
  FreezeNotice,
  GuardedButton,
  imageRegistryTranslationRef,
  useImageRegistryQuery,
  useTranslate,
} from '@slipway/backstage-plugin-image-registry-react';
import { useDeploymentsContext } from '../tab/DeploymentsContext';

const useStyles = makeStyles(theme => ({
  root: {
    display: 'flex',
    flexDirection: 'column',
    gap: theme.spacing(1),
  },
  button: { alignSelf: 'flex-end' },
}));

/** The freezes that concern the component, and the way to make one. */
export function FreezeBar() {
  const classes = useStyles();
  const shared = useTranslate(imageRegistryTranslationRef);
  const { entityRef, rights, location, refetch } = useDeploymentsContext();
  const manageAll = usePermission({ permission: freezeManagePermission });
  const freezes = useImageRegistryQuery(
    (api, signal) => api.listFreezes({ entityRef }, { signal }),
    [entityRef],
    { topics: ['freeze'], entityRef },
  );
  const changed = () => {
    freezes.refetch();
    refetch();
  };
  const frozen = freezes.value?.some(freeze => freeze.entityRef);
  return (
    <div className={classes.root}>
      {freezes.error && (
        <ErrorPanel error={freezes.error} onRetry={freezes.refetch} />
      )}
      {freezes.value?.map(freeze => (
        <FreezeNotice
          key={freeze.id}
          freeze={freeze}
          deniedReason={
            freeze.entityRef || manageAll.loading || manageAll.allowed
              ? freeze.entityRef && rights.freeze
              : shared('permission.denied')
          }
          onLifted={changed}
        />
      ))}
      {!frozen && (
        <GuardedButton
          size="small"
          className={classes.button}
          startIcon={<FreezeIcon aria-hidden />}
          deniedReason={rights.freeze}
          onClick={() => location.open('freeze')}
        >
          {shared('freeze.component')}
        </GuardedButton>
      )}
      {location.panel === 'freeze' && !rights.freeze && (
        <FreezeDialog
          entityRef={entityRef}
          onFrozen={changed}
          onClose={location.close}
        />
      )}
    </div>
  );
}
