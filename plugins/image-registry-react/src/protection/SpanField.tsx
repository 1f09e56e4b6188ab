import { useState } from 'react';
import TextField from '@material-ui/core/TextField';
import { imageRegistryTranslationRef, useTranslate } from '../translation';

/** Milliseconds of each unit that can be asked for. */
const lengths = { hour: 3_600_000, minute: 60_000 } as const;

/**
 * Asks for a span of time in a unit.
 *
 * @public
 */
export function SpanField(props: {
  id: string;
  /** Names the unit, too. */
  label: string;
  unit: keyof typeof lengths;
  /** Milliseconds; absent: not asked for. */
  value: number | undefined;
  /** Most, in the unit. */
  most: number;
  helperText?: string;
  onChange(milliseconds: number | undefined): void;
}) {
  const { id, label, unit, value, most, helperText, onChange } = props;
  const t = useTranslate(imageRegistryTranslationRef);
  const length = lengths[unit];
  // What is typed stays as it is typed: 1. is not yet 1.5.
  const [typed, setTyped] = useState(() =>
    value === undefined ? '' : String(value / length),
  );
  const tooMuch = Number(typed) > most || Number(typed) < 0;
  return (
    <TextField
      id={id}
      type="number"
      label={label}
      value={typed}
      onChange={event => {
        const text = event.target.value;
        setTyped(text);
        const amount = Number(text);
        onChange(
          text === '' || !(amount > 0)
            ? undefined
            : Math.round(Math.min(amount, most) * length),
        );
      }}
      error={tooMuch}
      helperText={
        tooMuch ? t('span.between', { most: String(most) }) : helperText
      }
      inputProps={{ min: 0, max: most, step: 'any' }}
      InputLabelProps={{ shrink: true }}
      variant="outlined"
      margin="dense"
    />
  );
}
