import { useState } from 'react';
import { stringifyEntityRef } from '@backstage/catalog-model';
import { useApi } from '@backstage/core-plugin-api';
import { catalogApiRef } from '@backstage/plugin-catalog-react';
import TextField from '@material-ui/core/TextField';
import Autocomplete from '@material-ui/lab/Autocomplete';
import useAsync from 'react-use/esm/useAsync';
import { useForm } from './FormContext';
import { fieldId } from './PlanField';

/** Entities offered at most; more are found by typing their reference. */
const MOST_OFFERED = 200;

interface EntityFieldProps {
  path: string;
  label: string;
  helperText?: string;
  kind: string;
  /** Offered first, for example one's own groups. */
  first?: readonly string[];
  value: string;
  required?: boolean;
  disabled?: boolean;
  onChange(entityRef: string): void;
}

/** An entity of the catalog, chosen or typed as a reference. */
export function EntityField(props: EntityFieldProps) {
  const { path, label, helperText, kind, first = [], value } = props;
  const { required, disabled, onChange } = props;
  const catalogApi = useApi(catalogApiRef);
  const problem = useForm().problemAt(path);
  const [touched, setTouched] = useState(false);
  const offered = useAsync(async () => {
    if (!touched) {
      return [];
    }
    const { items } = await catalogApi.getEntities({
      filter: { kind },
      fields: ['kind', 'metadata.name', 'metadata.namespace'],
      limit: MOST_OFFERED,
    });
    return items.map(entity => stringifyEntityRef(entity)).sort();
  }, [touched, kind, catalogApi]);
  return (
    <Autocomplete
      id={fieldId(path)}
      freeSolo
      autoSelect
      size="small"
      options={[...new Set([...first, ...(offered.value ?? [])])]}
      loading={offered.loading}
      value={value || null}
      disabled={disabled}
      onOpen={() => setTouched(true)}
      onChange={(_, next) => onChange(next?.trim() ?? '')}
      renderInput={parameters => (
        <TextField
          {...parameters}
          variant="outlined"
          required={required}
          label={label}
          error={problem !== undefined}
          helperText={problem ?? helperText}
        />
      )}
    />
  );
}
