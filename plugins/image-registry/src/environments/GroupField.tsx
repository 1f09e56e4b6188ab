import { useState } from 'react';
import { useApi } from '@backstage/core-plugin-api';
import { stringifyEntityRef } from '@backstage/catalog-model';
import { catalogApiRef } from '@backstage/plugin-catalog-react';
import TextField from '@material-ui/core/TextField';
import Autocomplete from '@material-ui/lab/Autocomplete';
import useAsync from 'react-use/esm/useAsync';

/** Groups offered at most; more are found by typing their reference. */
const MOST_OFFERED = 200;

/** One group of the catalog, chosen or typed as a reference; or none. */
export function GroupField(props: {
  id: string;
  label: string;
  helperText?: string;
  value: string | undefined;
  onChange(group: string | undefined): void;
}) {
  const { id, label, helperText, value, onChange } = props;
  const catalogApi = useApi(catalogApiRef);
  const [touched, setTouched] = useState(false);
  const offered = useAsync(async () => {
    if (!touched) {
      return [];
    }
    const { items } = await catalogApi.getEntities({
      filter: { kind: 'Group' },
      fields: ['kind', 'metadata.name', 'metadata.namespace'],
      limit: MOST_OFFERED,
    });
    return items.map(stringifyEntityRef).sort();
  }, [touched, catalogApi]);
  return (
    <Autocomplete
      id={id}
      freeSolo
      autoSelect
      size="small"
      options={offered.value ?? []}
      loading={offered.loading}
      value={value ?? null}
      onOpen={() => setTouched(true)}
      onChange={(_, next) => onChange(next?.trim() || undefined)}
      renderInput={parameters => (
        <TextField
          {...parameters}
          variant="outlined"
          margin="dense"
          label={label}
          helperText={helperText}
        />
      )}
    />
  );
}
