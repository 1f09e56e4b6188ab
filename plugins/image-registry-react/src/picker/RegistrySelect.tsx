import MenuItem from '@material-ui/core/MenuItem';
import { makeStyles } from '@material-ui/core/styles';
import TextField from '@material-ui/core/TextField';
import { Registry } from '@slipway/backstage-plugin-image-registry-common';
import { imageRegistryTranslationRef, useTranslate } from '../translation';

const useStyles = makeStyles({ root: { minWidth: 220, maxWidth: '100%' } });

interface RegistrySelectProps {
  registries: Registry[];
  value: string;
  onChange(registryId: string): void;
}

/** Chooses a registry; the default one says so. */
export function RegistrySelect(props: RegistrySelectProps) {
  const { registries, value, onChange } = props;
  const classes = useStyles();
  const t = useTranslate(imageRegistryTranslationRef);
  return (
    <TextField
      select
      className={classes.root}
      size="small"
      variant="outlined"
      label={t('picker.registry')}
      id="image-picker-registry"
      SelectProps={{ labelId: 'image-picker-registry-label' }}
      InputLabelProps={{ id: 'image-picker-registry-label' }}
      value={value}
      onChange={event => onChange(event.target.value)}
    >
      {registries.map(registry => (
        <MenuItem key={registry.id} value={registry.id}>
          {registry.name}
          {registry.isDefault && ` (${t('picker.default')})`}
        </MenuItem>
      ))}
    </TextField>
  );
}
