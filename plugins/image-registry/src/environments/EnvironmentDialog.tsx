import { FormEvent, useId, useState } from 'react';
import { useApi } from '@backstage/core-plugin-api';
import { usePermission } from '@backstage/plugin-permission-react';
import Button from '@material-ui/core/Button';
import Dialog from '@material-ui/core/Dialog';
import DialogActions from '@material-ui/core/DialogActions';
import DialogContent from '@material-ui/core/DialogContent';
import DialogTitle from '@material-ui/core/DialogTitle';
import Checkbox from '@material-ui/core/Checkbox';
import FormControlLabel from '@material-ui/core/FormControlLabel';
import FormHelperText from '@material-ui/core/FormHelperText';
import MenuItem from '@material-ui/core/MenuItem';
import { makeStyles } from '@material-ui/core/styles';
import TextField from '@material-ui/core/TextField';
import {
  Cluster,
  Environment,
  Place,
  protectionManagePermission,
  pullSecretManagePermission,
  Registry,
} from '@slipway/backstage-plugin-image-registry-common';
import {
  ErrorPanel,
  errorSentence,
  imageRegistryApiRef,
  imageRegistryTranslationRef,
  useErrorText,
  useTranslate,
} from '@slipway/backstage-plugin-image-registry-react';
import { ChipsField } from '../form';
import { imageRegistryPageTranslationRef } from '../translation';
import { cleanProtection } from './cleanProtection';
import { PlacesEditor } from './PlacesEditor';
import { ProtectionEditor } from './ProtectionEditor';

/** Between two environments, so that one fits in between later. */
const ORDER_STEP = 10;

const useStyles = makeStyles(theme => ({
  // As the dialog's own sheet, so that its buttons stay in sight.
  form: { display: 'flex', flexDirection: 'column', minHeight: 0 },
  fields: {
    display: 'flex',
    flexDirection: 'column',
    gap: theme.spacing(2),
    paddingTop: theme.spacing(1),
  },
}));

interface EnvironmentDialogProps {
  /** Absent for a new one. */
  environment?: Environment;
  environments: Environment[];
  clusters: Cluster[];
  registries: Registry[];
  onSaved(): void;
  onClose(): void;
}

/** Adds or edits an environment. */
export function EnvironmentDialog(props: EnvironmentDialogProps) {
  const { environment, environments, clusters, registries } = props;
  const { onSaved, onClose } = props;
  const classes = useStyles();
  const t = useTranslate(imageRegistryPageTranslationRef);
  const shared = useTranslate(imageRegistryTranslationRef);
  const api = useApi(imageRegistryApiRef);
  const titleId = useId();
  const [name, setName] = useState(environment?.name ?? '');
  const [order, setOrder] = useState(
    String(environment?.order ?? nextOrder(environments)),
  );
  const [places, setPlaces] = useState<Place[]>(
    environment?.places ?? [
      { cluster: clusters[0]?.name ?? '', namespaces: [] },
    ],
  );
  const [registryId, setRegistryId] = useState(
    environment?.defaultRegistryId ?? '',
  );
  const [owners, setOwners] = useState(environment?.owners ?? []);
  const [systems, setSystems] = useState(environment?.systems ?? []);
  const [keeps, setKeeps] = useState(environment?.keepPullSecrets ?? false);
  const [protection, setProtection] = useState(environment?.protection ?? {});
  const [error, setError] = useState<Error>();
  const [busy, setBusy] = useState(false);
  const protect = usePermission({ permission: protectionManagePermission });
  const secrets = usePermission({ permission: pullSecretManagePermission });
  const asked = cleanProtection(protection);
  const changed =
    JSON.stringify(asked) !==
    JSON.stringify(cleanProtection(environment?.protection ?? {}));
  const errorText = useErrorText();
  const overlap = error && isOverlap(error) ? errorText(error) : undefined;
  const complete =
    name.trim() !== '' &&
    /^\d{1,4}$/.test(order) &&
    places.length > 0 &&
    places.every(place => place.cluster && place.namespaces.length > 0);

  const save = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    setError(undefined);
    const body = {
      name: name.trim(),
      order: Number(order),
      places,
      owners,
      systems,
      // Changing it is a permission of its own.
      ...(changed && { protection: asked }),
      ...(keeps !== (environment?.keepPullSecrets ?? false) && {
        keepPullSecrets: keeps,
      }),
    };
    try {
      await (environment
        ? api.updateEnvironment(environment.id, {
            ...body,
            defaultRegistryId: registryId || null,
            version: environment.version,
          })
        : api.createEnvironment({
            ...body,
            defaultRegistryId: registryId || undefined,
          }));
      onSaved();
      onClose();
    } catch (failure) {
      setError(failure as Error);
      setBusy(false);
    }
  };

  return (
    <Dialog
      open
      onClose={(_, reason) => reason !== 'backdropClick' && onClose()}
      fullWidth
      maxWidth="md"
      aria-labelledby={titleId}
    >
      <form onSubmit={save} className={classes.form}>
        <DialogTitle id={titleId}>
          {environment
            ? t('environments.editNamed', { name: environment.name })
            : t('environments.add')}
        </DialogTitle>
        <DialogContent className={classes.fields}>
          <TextField
            id="environment-name"
            size="small"
            variant="outlined"
            required
            label={t('environments.name')}
            value={name}
            onChange={event => setName(event.target.value)}
            inputProps={{ maxLength: 63 }}
          />
          <TextField
            id="environment-order"
            size="small"
            variant="outlined"
            type="number"
            required
            label={t('environments.order')}
            helperText={t('environments.orderHelper')}
            value={order}
            onChange={event => setOrder(event.target.value)}
            inputProps={{ min: 0, max: 1000 }}
          />
          <PlacesEditor
            places={places}
            clusters={clusters}
            problem={overlap}
            onChange={setPlaces}
          />
          <TextField
            select
            id="environment-registry"
            size="small"
            variant="outlined"
            label={t('environments.registry')}
            SelectProps={{
              labelId: 'environment-registry-label',
              displayEmpty: true,
            }}
            InputLabelProps={{ id: 'environment-registry-label', shrink: true }}
            value={registryId}
            onChange={event => setRegistryId(event.target.value)}
          >
            <MenuItem value="">{t('environments.defaultRegistry')}</MenuItem>
            {registries.map(registry => (
              <MenuItem key={registry.id} value={registry.id}>
                {registry.name}
              </MenuItem>
            ))}
          </TextField>
          <div>
            <FormControlLabel
              control={
                <Checkbox
                  color="primary"
                  checked={keeps}
                  disabled={!secrets.allowed}
                  onChange={(_, checked) => setKeeps(checked)}
                />
              }
              label={t('environments.keepPullSecrets')}
            />
            <FormHelperText>
              {secrets.loading || secrets.allowed
                ? t('environments.keepPullSecretsHelper')
                : shared('permission.denied')}
            </FormHelperText>
          </div>
          <ChipsField
            label={t('environments.owners')}
            helperText={t('environments.ownersHelper')}
            entityKind={['Group', 'User']}
            values={owners}
            onChange={setOwners}
          />
          <ChipsField
            label={t('environments.systems')}
            entityKind="System"
            values={systems}
            onChange={setSystems}
          />
          <ProtectionEditor
            protection={protection}
            deniedReason={
              protect.loading || protect.allowed
                ? undefined
                : t('protection.denied')
            }
            onChange={setProtection}
          />
          {error && !overlap && (
            <ErrorPanel error={error} title={t('form.notSaved')} />
          )}
        </DialogContent>
        <DialogActions>
          <Button onClick={onClose}>{shared('action.cancel')}</Button>
          <Button
            type="submit"
            variant="contained"
            color="primary"
            disabled={!complete || busy}
          >
            {shared('action.save')}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}

/** Places that another environment has are told at their field. */
function isOverlap(error: Error): boolean {
  return /\boverlap/.test(errorSentence(error));
}

function nextOrder(environments: Environment[]): number {
  const last = Math.max(0, ...environments.map(({ order }) => order));
  return Math.min(1000, last + ORDER_STEP);
}
