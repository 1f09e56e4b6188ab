import { makeStyles } from '@material-ui/core/styles';
import MadeIcon from '@material-ui/icons/CheckCircle';
import RefusedIcon from '@material-ui/icons/Error';
import PlannedIcon from '@material-ui/icons/RadioButtonUnchecked';
import { CreatedObject } from '@slipway/backstage-plugin-image-registry-common';
import {
  ReasonText,
  StateLabel,
  useTranslate,
} from '@slipway/backstage-plugin-image-registry-react';
import { imageRegistryPageTranslationRef } from '../translation';

const useStyles = makeStyles(theme => ({
  list: { listStyle: 'none', margin: 0, padding: 0 },
  object: { padding: theme.spacing(0.5, 0), overflowWrap: 'anywhere' },
  reason: { paddingLeft: theme.spacing(3) },
}));

const icons = {
  made: { icon: MadeIcon, tone: 'ok' },
  refused: { icon: RefusedIcon, tone: 'error' },
  planned: { icon: PlannedIcon, tone: 'neutral' },
} as const;

type ShownObject = Pick<CreatedObject, 'kind' | 'name' | 'state' | 'reason'> &
  Partial<Pick<CreatedObject, 'warnings'>>;

/** Objects of a component, and which of them exist. */
export function ObjectList({ objects }: { objects: readonly ShownObject[] }) {
  const classes = useStyles();
  const t = useTranslate(imageRegistryPageTranslationRef);
  return (
    <ul className={classes.list}>
      {objects.map(({ kind, name, state, reason, warnings = [] }) => (
        <li key={`${kind} ${name}`} className={classes.object}>
          <StateLabel {...icons[state]}>
            {t(`create.object.${state}`, { object: `${kind} ${name}` })}
          </StateLabel>
          {reason && (
            <div className={classes.reason}>
              <ReasonText reason={reason} />
            </div>
          )}
          {warnings.map(warning => (
            <div key={warning} className={classes.reason}>
              {t('create.object.warning', { warning })}
            </div>
          ))}
        </li>
      ))}
    </ul>
  );
}
