import { useId } from 'react';
import InputAdornment from '@material-ui/core/InputAdornment';
import { makeStyles } from '@material-ui/core/styles';
import TextField from '@material-ui/core/TextField';
import SearchIcon from '@material-ui/icons/Search';

const useStyles = makeStyles({ root: { flex: '1 1 220px', maxWidth: 420 } });

interface SearchFieldProps {
  label: string;
  value: string;
  onChange(value: string): void;
}

/** A field that searches as one types. */
export function SearchField({ label, value, onChange }: SearchFieldProps) {
  const classes = useStyles();
  return (
    <TextField
      className={classes.root}
      id={useId()}
      size="small"
      variant="outlined"
      type="search"
      label={label}
      value={value}
      onChange={event => onChange(event.target.value)}
      InputProps={{
        startAdornment: (
          <InputAdornment position="start">
            <SearchIcon fontSize="small" aria-hidden />
          </InputAdornment>
        ),
      }}
    />
  );
}
