import { FormEvent } from 'react';
import { parseEntityRef } from '@backstage/catalog-model';
import { Content, Header, Page } from '@backstage/core-components';
import { useRouteRef } from '@backstage/core-plugin-api';
import { entityRouteRef } from '@backstage/plugin-catalog-react';
import { usePermission } from '@backstage/plugin-permission-react';
import Button from '@material-ui/core/Button';
import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import Alert from '@material-ui/lab/Alert';
import AlertTitle from '@material-ui/lab/AlertTitle';
import {
  parseTargetKey,
  targetOperatePermission,
  workloadCreatePermission,
} from '@slipway/backstage-plugin-image-registry-common';
import {
  ErrorPanel,
  GuardedButton,
  imageRegistryTranslationRef,
  ReasonText,
  RowsSkeleton,
  useImageRegistryQuery,
  useTranslate,
} from '@slipway/backstage-plugin-image-registry-react';
import { Link as RouterLink, useNavigate } from 'react-router-dom';
import { Panel } from '../../page/Panel';
import { imageRegistryPageTranslationRef } from '../../translation';
import { FoldedSections } from '../FoldedSections';
import { FormProvider } from '../FormContext';
import { FoldedSection } from '../sections';
import { ChangedSettingsView } from './ChangedSettingsView';
import { EditedTarget, SettingsForm, useSettingsForm } from './useSettingsForm';

const sections: readonly FoldedSection[] = [
  'resources',
  'ports',
  'env',
  'probes',
  'volumes',
  'exposure',
  'container',
];

const useStyles = makeStyles(theme => ({
  form: {
    display: 'flex',
    flexDirection: 'column',
    gap: theme.spacing(2),
    maxWidth: 1100,
    minWidth: 0,
  },
  buttons: { display: 'flex', flexWrap: 'wrap', gap: theme.spacing(1) },
}));

interface EditSettingsProps {
  targetKey: string;
  entityRef: string;
}

/** Changes a workload that was made from an image. */
export function EditSettings({ targetKey, entityRef }: EditSettingsProps) {
  const t = useTranslate(imageRegistryPageTranslationRef);
  const { name } = parseEntityRef(entityRef);
  const target = parseTargetKey(targetKey);
  const { value, error, refetch } = useImageRegistryQuery(
    (api, signal) =>
      api.getTargetSettings(targetKey, { entityRef }, { signal }),
    [targetKey, entityRef],
  );
  return (
    <Page themeId="tool">
      <Header
        title={t('edit.title', { name })}
        subtitle={
          target &&
          t('edit.subtitle', {
            cluster: target.cluster,
            namespace: target.namespace,
          })
        }
      />
      <Content>
        {error && !value && <ErrorPanel error={error} onRetry={refetch} />}
        {!error && !value && <RowsSkeleton rows={6} />}
        {value?.obstacle && (
          <Alert severity="info">
            <AlertTitle>{t('edit.obstacle')}</AlertTitle>
            <ReasonText reason={value.obstacle} />
          </Alert>
        )}
        {value && !value.obstacle && (
          // What was typed is about what was read.
          <EditForm
            key={value.version}
            target={{ targetKey, entityRef, view: value }}
            onReload={refetch}
          />
        )}
      </Content>
    </Page>
  );
}

function EditForm(props: { target: EditedTarget; onReload(): void }) {
  const { target, onReload } = props;
  const classes = useStyles();
  const t = useTranslate(imageRegistryPageTranslationRef);
  const navigate = useNavigate();
  const editing = useSettingsForm(target);
  const { form, outcome } = editing;
  const { kind, namespace, name } = parseEntityRef(target.entityRef);
  const tab = `${useRouteRef(entityRouteRef)({
    kind: kind.toLocaleLowerCase('en-US'),
    namespace,
    name,
  })}/deploy`;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    // Enter in a field shows what would change, and changes nothing.
    editing.preview();
  };
  const save = async () => {
    if (await editing.save()) {
      navigate(tab);
    }
  };
  return (
    <FormProvider value={form}>
      <form className={classes.form} onSubmit={submit} noValidate>
        <Typography variant="body2" color="textSecondary">
          {t('edit.helper')}
        </Typography>
        <FoldedSections
          sections={sections}
          open={editing.open}
          onToggle={editing.toggle}
          problems={editing.problems}
          onlyCommand
          keptIngress={target.view.otherIngress !== undefined}
        />
        <Buttons
          entityRef={target.entityRef}
          editing={editing}
          tab={tab}
          onSave={save}
        />
        {outcome && (
          <Panel>
            <ChangedSettingsView
              outcome={outcome}
              stale={outcome.draft !== form.draft}
              onShowField={editing.showField}
              onReload={onReload}
            />
          </Panel>
        )}
      </form>
    </FormProvider>
  );
}

function Buttons(props: {
  entityRef: string;
  editing: SettingsForm;
  /** Address of the deploy tab. */
  tab: string;
  onSave(): void;
}) {
  const { entityRef, editing, tab, onSave } = props;
  const classes = useStyles();
  const t = useTranslate(imageRegistryPageTranslationRef);
  const shared = useTranslate(imageRegistryTranslationRef);
  const create = usePermission({ permission: workloadCreatePermission });
  const operate = usePermission({
    permission: targetOperatePermission,
    resourceRef: entityRef,
  });
  const mayNot = [create, operate].some(
    ({ loading, allowed }) => !loading && !allowed,
  );
  const denied = mayNot ? shared('permission.denied') : undefined;
  const { busy } = editing;
  return (
    <div className={classes.buttons}>
      <GuardedButton
        type="submit"
        variant="outlined"
        color="primary"
        deniedReason={denied}
        disabled={busy !== undefined}
      >
        {busy === 'preview' ? t('create.previewing') : t('create.preview')}
      </GuardedButton>
      <GuardedButton
        variant="contained"
        color="primary"
        deniedReason={denied}
        disabled={busy !== undefined}
        onClick={onSave}
      >
        {busy === 'save' ? t('edit.saving') : t('edit.save')}
      </GuardedButton>
      <Button component={RouterLink} to={tab}>
        {t('edit.back')}
      </Button>
    </div>
  );
}
