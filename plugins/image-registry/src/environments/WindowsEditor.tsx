import { useId } from 'react';
import Button from '@material-ui/core/Button';
import IconButton from '@material-ui/core/IconButton';
import MenuItem from '@material-ui/core/MenuItem';
import { makeStyles } from '@material-ui/core/styles';
import TextField from '@material-ui/core/TextField';
import Typography from '@material-ui/core/Typography';
import DeleteIcon from '@material-ui/icons/Delete';
import {
  DeployWindow,
  WeekMoment,
  weekdays,
} from '@slipway/backstage-plugin-image-registry-common';
import {
  useDayName,
  useWindowSentence,
  useTranslate,
} from '@slipway/backstage-plugin-image-registry-react';
import { imageRegistryPageTranslationRef } from '../translation';
import { timeZones } from './timeZones';

const useStyles = makeStyles(theme => ({
  window: {
    border: `1px solid ${theme.palette.divider}`,
    borderRadius: theme.shape.borderRadius,
    padding: theme.spacing(1),
    marginTop: theme.spacing(1),
  },
  fields: {
    display: 'grid',
    gridTemplateColumns: 'repeat(auto-fit, minmax(min(130px, 100%), 1fr))',
    gap: theme.spacing(0, 1),
    alignItems: 'start',
  },
  head: { display: 'flex', alignItems: 'center', gap: theme.spacing(1) },
  sentence: { flex: 1, minWidth: 0, overflowWrap: 'anywhere' },
}));

/** Windows are few; the contract allows no more. */
const MOST = 50;

/** Parts of every week in which deploys are allowed or denied. */
export function WindowsEditor(props: {
  windows: DeployWindow[];
  onChange(windows: DeployWindow[]): void;
}) {
  const { windows, onChange } = props;
  const t = useTranslate(imageRegistryPageTranslationRef);
  return (
    <div>
      <Typography variant="subtitle2" component="h4">
        {t('protection.windows')}
      </Typography>
      {windows.map((window, index) => (
        <WindowFields
          // Windows have no name of their own, and only the last is added.
          // eslint-disable-next-line react/no-array-index-key
          key={index}
          window={window}
          number={index + 1}
          onChange={changed =>
            onChange(windows.map((old, at) => (at === index ? changed : old)))
          }
          onRemove={() => onChange(windows.filter((_, at) => at !== index))}
        />
      ))}
      <Button
        size="small"
        color="primary"
        disabled={windows.length >= MOST}
        onClick={() => onChange([...windows, newWindow()])}
      >
        {t('protection.addWindow')}
      </Button>
    </div>
  );
}

/** The window that is asked for most: none of us likes Friday evenings. */
function newWindow(): DeployWindow {
  return {
    effect: 'deny',
    from: { day: 'friday', time: '16:00' },
    to: { day: 'monday', time: '08:00' },
    timeZone: new Intl.DateTimeFormat().resolvedOptions().timeZone,
  };
}

function WindowFields(props: {
  window: DeployWindow;
  number: number;
  onChange(window: DeployWindow): void;
  onRemove(): void;
}) {
  const { window, number, onChange, onRemove } = props;
  const classes = useStyles();
  const id = useId();
  const t = useTranslate(imageRegistryPageTranslationRef);
  const sentence = useWindowSentence()(window);
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
      size="small"
      margin="dense"
      variant="outlined"
      label={label}
      SelectProps={{ labelId: `${id}-${name}-label` }}
      InputLabelProps={{ id: `${id}-${name}-label` }}
      value={value}
      onChange={event => onSelect(event.target.value)}
    >
      {options.map(([known, words]) => (
        <MenuItem key={known} value={known}>
          {words}
        </MenuItem>
      ))}
    </TextField>
  );
  return (
    <div className={classes.window} role="group" aria-label={sentence}>
      <div className={classes.head}>
        <Typography variant="body2" className={classes.sentence}>
          {sentence}
        </Typography>
        <IconButton
          size="small"
          aria-label={t('protection.removeWindow', { number: String(number) })}
          onClick={onRemove}
        >
          <DeleteIcon />
        </IconButton>
      </div>
      <div className={classes.fields}>
        {select(
          'effect',
          t('protection.windowEffect'),
          window.effect,
          [
            ['deny', t('protection.windowDeny')],
            ['allow', t('protection.windowAllow')],
          ],
          effect =>
            onChange({
              ...window,
              effect: effect === 'allow' ? 'allow' : 'deny',
            }),
        )}
        <Moment
          id={`${id}-from`}
          label={t('protection.windowFrom')}
          moment={window.from}
          onChange={from => onChange({ ...window, from })}
        />
        <Moment
          id={`${id}-to`}
          label={t('protection.windowTo')}
          moment={window.to}
          onChange={to => onChange({ ...window, to })}
        />
        {select(
          'zone',
          t('protection.windowZone'),
          window.timeZone,
          timeZones(window.timeZone).map(zone => [zone, zone]),
          timeZone => onChange({ ...window, timeZone }),
        )}
      </div>
    </div>
  );
}

function Moment(props: {
  id: string;
  label: string;
  moment: WeekMoment;
  onChange(moment: WeekMoment): void;
}) {
  const { id, label, moment, onChange } = props;
  const t = useTranslate(imageRegistryPageTranslationRef);
  const dayName = useDayName();
  return (
    <>
      <TextField
        select
        id={`${id}-day`}
        size="small"
        margin="dense"
        variant="outlined"
        label={label}
        SelectProps={{ labelId: `${id}-day-label` }}
        InputLabelProps={{ id: `${id}-day-label` }}
        value={moment.day}
        onChange={event => {
          const day = weekdays.find(known => known === event.target.value);
          if (day) {
            onChange({ ...moment, day });
          }
        }}
      >
        {weekdays.map(day => (
          <MenuItem key={day} value={day}>
            {dayName(day)}
          </MenuItem>
        ))}
      </TextField>
      <TextField
        id={`${id}-time`}
        type="time"
        size="small"
        margin="dense"
        variant="outlined"
        label={t('protection.windowTime', { moment: label })}
        InputLabelProps={{ shrink: true }}
        value={moment.time}
        onChange={event => {
          if (event.target.value !== '') {
            onChange({ ...moment, time: event.target.value });
          }
        }}
      />
    </>
  );
}
