import Checkbox from '@material-ui/core/Checkbox';
import FormControlLabel from '@material-ui/core/FormControlLabel';
import MenuItem from '@material-ui/core/MenuItem';
import TextField from '@material-ui/core/TextField';
import {
  FormField,
  readFromHost,
} from '@slipway/backstage-plugin-image-registry-common';
import { useLanguage } from '@slipway/backstage-plugin-image-registry-react';

interface ProviderFieldProps {
  field: FormField;
  value?: string | boolean;
  /** Host of the registry, which may tell what is not entered. */
  host?: string;
  onChange(value: string | boolean): void;
}

/** One field of a provider's form, in the language of the portal. */
export function ProviderField(props: ProviderFieldProps) {
  const { field, value, host, onChange } = props;
  const language = useLanguage();
  const { label, helperText } = field.translations?.[language] ?? field;
  if (field.type === 'boolean') {
    return (
      <FormControlLabel
        control={
          <Checkbox
            color="primary"
            checked={value === true}
            onChange={(_, checked) => onChange(checked)}
          />
        }
        label={label}
      />
    );
  }
  const told = host === undefined ? undefined : readFromHost(field, host);
  if (field.readOnly && told === undefined) {
    return null;
  }
  const id = `registry-${field.in}-${field.name}`;
  return (
    <TextField
      id={id}
      size="small"
      variant="outlined"
      label={label}
      helperText={helperText}
      placeholder={field.placeholder}
      required={field.required}
      disabled={field.readOnly}
      type={field.type === 'secret' ? 'password' : 'text'}
      multiline={field.type === 'multiline'}
      maxRows={6}
      select={field.type === 'select'}
      {...(field.type === 'select' && {
        SelectProps: { labelId: `${id}-label` },
        InputLabelProps: { id: `${id}-label` },
      })}
      value={typeof value === 'string' ? value : told ?? ''}
      onChange={event => onChange(event.target.value)}
      // A browser would offer, and store, the person's own password.
      inputProps={{
        autoComplete: field.type === 'secret' ? 'new-password' : 'off',
        spellCheck: false,
      }}
    >
      {field.options?.map(option => (
        <MenuItem key={option.value} value={option.value}>
          {option.label}
        </MenuItem>
      ))}
    </TextField>
  );
}
