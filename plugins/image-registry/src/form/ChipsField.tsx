import { useId, useState } from 'react';
import { useApi } from '@backstage/core-plugin-api';
import { stringifyEntityRef } from '@backstage/catalog-model';
import { catalogApiRef } from '@backstage/plugin-catalog-react';
import TextField from '@material-ui/core/TextField';
import Autocomplete from '@material-ui/lab/Autocomplete';
import useAsync from 'react-use/esm/useAsync';

/** Entities offered at most; more are found by typing their reference. */
const MOST_OFFERED = 200;

interface ChipsFieldProps {
  label: string;
  helperText?: string;
  /** Kind of the entities that are offered; absent: free text. */
  entityKind?: string | string[];
  values: string[];
  onChange(values: string[]): void;
}

/** Several values as chips: typed, or chosen from the catalog. */
export function ChipsField(props: ChipsFieldProps) {
  const { label, helperText, entityKind, values, onChange } = props;
  const id = useId();
  const [touched, setTouched] = useState(false);
  const catalogApi = useApi(catalogApiRef);
  const offered = useAsync(async () => {
    if (!touched || !entityKind) {
      return [];
    }
    const { items } = await catalogApi.getEntities({
      filter: { kind: entityKind },
      fields: ['kind', 'metadata.name', 'metadata.namespace'],
      limit: MOST_OFFERED,
    });
    return items.map(stringifyEntityRef).sort();
  }, [touched, entityKind, catalogApi]);

  return (
    <Autocomplete
      id={id}
      multiple
      freeSolo
      size="small"
      autoSelect
      filterSelectedOptions
      options={offered.value ?? []}
      loading={offered.loading}
      value={values}
      onOpen={() => setTouched(true)}
      onChange={(_, next) =>
        onChange([
          ...new Set(next.map(text => text.trim()).filter(text => text !== '')),
        ])
      }
      renderInput={parameters => (
        <TextField
          {...parameters}
          variant="outlined"
          label={label}
          helperText={helperText}
        />
      )}
    />
  );
}
