import { ReactNode } from 'react';
import { makeStyles } from '@material-ui/core/styles';
import TextField from '@material-ui/core/TextField';
import { useForm } from './FormContext';

const useStyles = makeStyles({
  // A long sentence of a refusal wraps below a narrow field.
  root: { minWidth: 0, '& p': { overflowWrap: 'anywhere' } },
  machine: { fontFamily: 'monospace', fontSize: '0.85rem' },
});

export interface PlanFieldProps {
  /** Of the plan, as problems name it: `env.0.name`. */
  path: string;
  label: string;
  value: string;
  onChange(value: string): void;
  helperText?: ReactNode;
  placeholder?: string;
  required?: boolean;
  disabled?: boolean;
  multiline?: boolean;
  /** Digits are offered first on a telephone. */
  numeric?: boolean;
  /** Items of a select. */
  children?: ReactNode;
}

/** The element of a field, to be focused when it is refused. */
export function fieldId(path: string): string {
  return `plan-${path.replace(/\./g, '-')}`;
}

/** One field of the form, with what is wrong about it. */
export function PlanField(props: PlanFieldProps) {
  const { path, label, value, onChange, helperText, children } = props;
  const { placeholder, required, disabled, multiline, numeric } = props;
  const classes = useStyles();
  const problem = useForm().problemAt(path);
  const id = fieldId(path);
  return (
    <TextField
      id={id}
      className={classes.root}
      size="small"
      variant="outlined"
      fullWidth
      label={label}
      value={value}
      onChange={event => onChange(event.target.value)}
      required={required}
      disabled={disabled}
      error={problem !== undefined}
      helperText={problem ?? helperText}
      placeholder={placeholder}
      multiline={multiline}
      minRows={multiline ? 2 : undefined}
      maxRows={multiline ? 8 : undefined}
      select={children !== undefined}
      SelectProps={children ? { labelId: `${id}-label` } : undefined}
      InputLabelProps={
        children || placeholder
          ? { id: `${id}-label`, ...(placeholder && { shrink: true }) }
          : undefined
      }
      InputProps={
        multiline ? { classes: { input: classes.machine } } : undefined
      }
      inputProps={{
        spellCheck: false,
        autoCapitalize: 'off',
        autoComplete: 'off',
        ...(numeric && { inputMode: 'numeric' }),
      }}
    >
      {children}
    </TextField>
  );
}
