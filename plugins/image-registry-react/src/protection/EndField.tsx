import TextField from '@material-ui/core/TextField';
import { imageRegistryTranslationRef, useTranslate } from '../translation';

/**
 * The instant that a local date and time means.
 *
 * @param local - as `datetime-local` gives it; empty: no end
 * @returns ISO 8601 in UTC
 * @public
 */
export function endOf(local: string): string | undefined {
  const time = Date.parse(local);
  return Number.isNaN(time) ? undefined : new Date(time).toISOString();
}

/**
 * Asks until when something lasts; empty is without end.
 *
 * @public
 */
export function EndField(props: {
  id: string;
  /** As `datetime-local` gives it. */
  value: string;
  onChange(local: string): void;
}) {
  const { id, value, onChange } = props;
  const t = useTranslate(imageRegistryTranslationRef);
  const over = value !== '' && Date.parse(value) <= Date.now();
  return (
    <TextField
      id={id}
      type="datetime-local"
      label={t('end.label')}
      value={value}
      onChange={event => onChange(event.target.value)}
      error={over}
      helperText={over ? t('end.past') : t('end.help')}
      InputLabelProps={{ shrink: true }}
      variant="outlined"
      margin="dense"
      fullWidth
    />
  );
}
