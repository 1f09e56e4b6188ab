import { ReactNode, useId, useState } from 'react';
import { stringifyEntityRef } from '@backstage/catalog-model';
import { useApi } from '@backstage/core-plugin-api';
import { catalogApiRef } from '@backstage/plugin-catalog-react';
import { usePermission } from '@backstage/plugin-permission-react';
import Button from '@material-ui/core/Button';
import Dialog from '@material-ui/core/Dialog';
import DialogActions from '@material-ui/core/DialogActions';
import DialogContent from '@material-ui/core/DialogContent';
import DialogTitle from '@material-ui/core/DialogTitle';
import MenuItem from '@material-ui/core/MenuItem';
import { makeStyles } from '@material-ui/core/styles';
import TextField from '@material-ui/core/TextField';
import Typography from '@material-ui/core/Typography';
import {
  deploymentCreatePermission,
  Registry,
  Target,
} from '@slipway/backstage-plugin-image-registry-common';
import {
  EmptyState,
  ErrorPanel,
  GuardedButton,
  ImageName,
  ImagePickerDialog,
  imageRegistryTranslationRef,
  personName,
  PickedImage,
  RowsSkeleton,
  useImageRegistryQuery,
  useTranslate,
} from '@slipway/backstage-plugin-image-registry-react';
import { imageRegistryPageTranslationRef } from '../translation';
import { TestPullProgressView } from './TestPullProgressView';
import { useTestPull } from './useTestPull';

/** Components offered at most, after those that use the registry. */
const MOST_OFFERED = 200;

const useStyles = makeStyles(theme => ({
  fields: {
    display: 'flex',
    flexDirection: 'column',
    gap: theme.spacing(2),
    minWidth: 0,
  },
}));

interface TestPullDialogProps {
  registry: Registry;
  onClose(): void;
}

/** Lets a node of a cluster pull, and shows what its kubelet says. */
export function TestPullDialog({ registry, onClose }: TestPullDialogProps) {
  const t = useTranslate(imageRegistryPageTranslationRef);
  const catalogApi = useApi(catalogApiRef);
  const { value, error, refetch } = useImageRegistryQuery(
    async (api, signal) => {
      const [usages, all] = await Promise.all([
        api.listRegistryUsages(registry.id, { signal }),
        catalogApi.getEntities({
          filter: { kind: 'Component' },
          fields: ['kind', 'metadata.name', 'metadata.namespace'],
          limit: MOST_OFFERED,
        }),
      ]);
      const using = usages.items.flatMap(({ entityRef }) => entityRef ?? []);
      const others = all.items.map(entity => stringifyEntityRef(entity));
      return [...new Set([...using.sort(), ...others.sort()])];
    },
    [registry.id],
  );
  let content: ReactNode = <RowsSkeleton rows={4} />;
  if (error) {
    content = <ErrorPanel error={error} onRetry={refetch} />;
  } else if (value?.length === 0) {
    content = <EmptyState title={t('testPull.noComponents')} />;
  } else if (value) {
    return <Pull registry={registry} components={value} onClose={onClose} />;
  }
  return (
    <Frame registry={registry} onClose={onClose}>
      {content}
    </Frame>
  );
}

function Frame(props: {
  registry: Registry;
  onClose(): void;
  children: ReactNode;
  button?: ReactNode;
}) {
  const { registry, onClose, children, button } = props;
  const t = useTranslate(imageRegistryPageTranslationRef);
  const shared = useTranslate(imageRegistryTranslationRef);
  const titleId = useId();
  return (
    <Dialog
      open
      onClose={onClose}
      fullWidth
      maxWidth="sm"
      aria-labelledby={titleId}
    >
      <DialogTitle id={titleId}>
        {t('testPull.title', { name: registry.name })}
      </DialogTitle>
      <DialogContent>{children}</DialogContent>
      <DialogActions>
        <Button onClick={onClose}>{shared('action.close')}</Button>
        {button}
      </DialogActions>
    </Dialog>
  );
}

function Pull(props: TestPullDialogProps & { components: string[] }) {
  const { registry, components, onClose } = props;
  const classes = useStyles();
  const t = useTranslate(imageRegistryPageTranslationRef);
  const shared = useTranslate(imageRegistryTranslationRef);
  const [component, setComponent] = useState(components[0]);
  const [key, setKey] = useState('');
  const [image, setImage] = useState<PickedImage>();
  const [picking, setPicking] = useState(false);
  const deploy = usePermission({
    permission: deploymentCreatePermission,
    resourceRef: component,
  });
  const pull = useTestPull();
  const targets = useImageRegistryQuery(
    (client, signal) => client.listTargets(component, { signal }),
    [component],
  );
  const offered = targets.loading
    ? []
    : (targets.value?.items ?? []).filter(({ writable }) => writable.ok);
  const target = offered.find(each => each.key === key) ?? offered[0];

  const start = () =>
    pull.start(target.key, {
      entityRef: component,
      ...(image && {
        image: {
          registryId: image.registryId,
          repository: image.repository,
          tag: image.tag,
          digest: image.digest,
        },
      }),
    });
  const close = () => {
    pull.cancel();
    onClose();
  };

  return (
    <Frame
      registry={registry}
      onClose={close}
      button={
        <>
          {pull.busy && (
            <Button disabled={!pull.progress} onClick={pull.cancel}>
              {t('testPull.cancel')}
            </Button>
          )}
          <GuardedButton
            variant="contained"
            color="primary"
            deniedReason={
              deploy.loading || deploy.allowed
                ? undefined
                : shared('permission.deniedEntity', {
                    owner: personName(component),
                  })
            }
            disabled={!target || pull.busy}
            onClick={start}
          >
            {pull.busy ? t('testPull.pulling') : t('testPull.start')}
          </GuardedButton>
        </>
      }
    >
      <div className={classes.fields}>
        <Typography variant="body2">{t('testPull.text')}</Typography>
        <Select
          id="test-pull-component"
          label={t('testPull.component')}
          value={component}
          options={components.map(ref => [ref, personName(ref)])}
          onChange={setComponent}
        />
        {targets.error && (
          <ErrorPanel error={targets.error} onRetry={targets.refetch} />
        )}
        {targets.loading && <RowsSkeleton rows={1} />}
        {!targets.loading && !targets.error && offered.length === 0 && (
          <Typography variant="body2" color="textSecondary">
            {t('testPull.noTargets')}
          </Typography>
        )}
        {target && (
          <Select
            id="test-pull-target"
            label={t('testPull.target')}
            value={target.key}
            options={offered.map(each => [each.key, nameOf(each)])}
            onChange={setKey}
          />
        )}
        {target && (
          <Select
            id="test-pull-image"
            label={t('testPull.image')}
            value={image ? 'chosen' : 'running'}
            options={[
              ['running', t('testPull.running')],
              ['chosen', t('testPull.chosen')],
            ]}
            onChange={value =>
              value === 'chosen' ? setPicking(true) : setImage(undefined)
            }
          />
        )}
        {image && (
          <Typography variant="body2">
            <ImageName repository={image.repository} tag={image.tag} />{' '}
            <Button size="small" onClick={() => setPicking(true)}>
              {t('testPull.choose')}
            </Button>
          </Typography>
        )}
        <TestPullProgressView pull={pull} />
      </div>
      <ImagePickerDialog
        open={picking}
        entityRef={component}
        initial={image ?? { registryId: registry.id }}
        onPick={setImage}
        onClose={() => setPicking(false)}
      />
    </Frame>
  );
}

function nameOf({ ref, environment }: Target): string {
  return [environment, `${ref.cluster}/${ref.namespace}`, ref.name]
    .filter(Boolean)
    .join(' · ');
}

function Select(props: {
  id: string;
  label: string;
  value: string;
  options: ReadonlyArray<readonly [value: string, label: string]>;
  onChange(value: string): void;
}) {
  const { id, label, value, options, onChange } = props;
  return (
    <TextField
      select
      id={id}
      size="small"
      variant="outlined"
      fullWidth
      label={label}
      SelectProps={{ labelId: `${id}-label` }}
      InputLabelProps={{ id: `${id}-label` }}
      value={value}
      onChange={event => onChange(event.target.value)}
    >
      {options.map(([option, text]) => (
        <MenuItem key={option} value={option}>
          {text}
        </MenuItem>
      ))}
    </TextField>
  );
}
