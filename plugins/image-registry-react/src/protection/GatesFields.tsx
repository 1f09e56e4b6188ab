import MenuItem from '@material-ui/core/MenuItem';
import { makeStyles } from '@material-ui/core/styles';
import TextField from '@material-ui/core/TextField';
import {
  ImageGates,
  severities,
} from '@slipway/backstage-plugin-image-registry-common';
import { imageRegistryTranslationRef, useTranslate } from '../translation';
import { SpanField } from './SpanField';

const worstAllowed = ['none', ...severities] as const;
const signatureKinds = ['any', 'cosign', 'notation'] as const;

const useStyles = makeStyles(theme => ({
  root: {
    display: 'grid',
    gridTemplateColumns: 'repeat(auto-fit, minmax(min(180px, 100%), 1fr))',
    gap: theme.spacing(0, 2),
    alignItems: 'start',
  },
}));

/**
 * What an image has to bring along: age, scan, signature.
 *
 * @public
 */
export function GatesFields(props: {
  /** Begins the ids of the fields. */
  id: string;
  gates: ImageGates;
  onChange(gates: ImageGates): void;
}) {
  const { id, gates, onChange } = props;
  const classes = useStyles();
  const t = useTranslate(imageRegistryTranslationRef);
  const select = (
    name: string,
    label: string,
    value: string,
    options: ReadonlyArray<readonly [value: string, label: string]>,
    onSelect: (value: string) => void,
  ) => (
    <TextField
      select
      id={`${id}-${name}`}
      label={label}
      value={value}
      onChange={event => onSelect(event.target.value)}
      variant="outlined"
      margin="dense"
      InputLabelProps={{ shrink: true }}
      SelectProps={{
        displayEmpty: true,
        SelectDisplayProps: { id: `${id}-${name}-value` },
      }}
    >
      <MenuItem value="">{t('gates.notAsked')}</MenuItem>
      {options.map(([known, words]) => (
        <MenuItem key={known} value={known}>
          {words}
        </MenuItem>
      ))}
    </TextField>
  );
  return (
    <div className={classes.root}>
      <SpanField
        id={`${id}-age`}
        label={t('gates.age')}
        unit="hour"
        value={gates.minimumAgeMs}
        most={90 * 24}
        onChange={minimumAgeMs => onChange({ ...gates, minimumAgeMs })}
      />
      {select(
        'scan',
        t('gates.scan'),
        gates.scan?.worst ?? '',
        worstAllowed.map(worst => [
          worst,
          worst === 'none' ? t('gates.noFinding') : t(`severity.${worst}`),
        ]),
        value => {
          const worst = worstAllowed.find(known => known === value);
          onChange({ ...gates, scan: worst && { worst } });
        },
      )}
      {select(
        'signature',
        t('gates.signature'),
        gates.signature?.kind ?? '',
        signatureKinds.map(kind => [
          kind,
          kind === 'any' ? t('gates.anySignature') : kind,
        ]),
        value => {
          const kind = signatureKinds.find(known => known === value);
          onChange({ ...gates, signature: kind && { kind } });
        },
      )}
    </div>
  );
}
