import { useId, useState } from 'react';
import { parseEntityRef } from '@backstage/catalog-model';
import { useRouteRef } from '@backstage/core-plugin-api';
import {
  entityRouteParams,
  entityRouteRef,
} from '@backstage/plugin-catalog-react';
import Button from '@material-ui/core/Button';
import Dialog from '@material-ui/core/Dialog';
import DialogActions from '@material-ui/core/DialogActions';
import DialogContent from '@material-ui/core/DialogContent';
import DialogTitle from '@material-ui/core/DialogTitle';
import TextField from '@material-ui/core/TextField';
import Typography from '@material-ui/core/Typography';
import Autocomplete from '@material-ui/lab/Autocomplete';
import {
  ErrorPanel,
  ImageName,
  imageRegistryTranslationRef,
  personName,
  useDebounced,
  useTranslate,
} from '@slipway/backstage-plugin-image-registry-react';
import { useNavigate } from 'react-router-dom';
import { imageQuery, ImageToDeploy } from '../entity/imageQuery';
import { imageRegistryPageTranslationRef } from '../translation';
import {
  DeployableComponent,
  useDeployableComponents,
} from './useDeployableComponents';

/**
 * Asks whose image it is to be; the deploy tab of that component asks where,
 * and shows what stands against it.
 */
export function DeployImageDialog(props: {
  image: ImageToDeploy;
  onClose(): void;
}) {
  const { image, onClose } = props;
  const titleId = useId();
  const fieldId = useId();
  const t = useTranslate(imageRegistryPageTranslationRef);
  const shared = useTranslate(imageRegistryTranslationRef);
  const navigate = useNavigate();
  const entityRoute = useRouteRef(entityRouteRef);
  const [typed, setTyped] = useState('');
  const [chosen, setChosen] = useState<DeployableComponent>();
  const search = useDebounced(typed.trim());
  const offered = useDeployableComponents(image, search);
  const options = offered.value?.items ?? [];

  const goOn = ({ entityRef }: DeployableComponent) => {
    const route = entityRoute(entityRouteParams(parseEntityRef(entityRef)));
    navigate(`${route}/deploy?${new URLSearchParams(imageQuery(image))}`);
  };

  return (
    <Dialog
      open
      onClose={onClose}
      fullWidth
      maxWidth="sm"
      aria-labelledby={titleId}
    >
      <DialogTitle id={titleId}>{t('deployImage.title')}</DialogTitle>
      <DialogContent>
        <Typography variant="body2" gutterBottom>
          <ImageName repository={image.repository} tag={image.tag} />
        </Typography>
        <Typography variant="body2" color="textSecondary" paragraph>
          {t('deployImage.text')}
        </Typography>
        {offered.error && (
          <ErrorPanel error={offered.error} onRetry={offered.refetch} />
        )}
        <Autocomplete
          id={fieldId}
          size="small"
          options={options}
          loading={offered.loading}
          loadingText={t('deployImage.loading')}
          noOptionsText={t(
            offered.value?.more ? 'deployImage.typeName' : 'deployImage.none',
          )}
          // The catalog has searched; titles may fit where references do not.
          filterOptions={all => all}
          getOptionLabel={({ entityRef }) => personName(entityRef)}
          getOptionSelected={(option, value) =>
            option.entityRef === value.entityRef
          }
          groupBy={({ uses }) =>
            t(uses ? 'deployImage.using' : 'deployImage.others')
          }
          value={chosen ?? null}
          onChange={(_, next) => setChosen(next ?? undefined)}
          onInputChange={(_, text, cause) =>
            setTyped(cause === 'input' ? text : '')
          }
          renderOption={({ entityRef }) => (
            <span title={entityRef}>{personName(entityRef)}</span>
          )}
          renderInput={parameters => (
            <TextField
              {...parameters}
              variant="outlined"
              label={t('deployImage.component')}
              helperText={
                offered.value?.more
                  ? t('deployImage.more')
                  : t('deployImage.helper')
              }
            />
          )}
        />
      </DialogContent>
      <DialogActions>
        <Button onClick={onClose}>{shared('action.cancel')}</Button>
        <Button
          variant="contained"
          color="primary"
          disabled={!chosen}
          onClick={() => chosen && goOn(chosen)}
        >
          {t('deployImage.goOn')}
        </Button>
      </DialogActions>
    </Dialog>
  );
}
