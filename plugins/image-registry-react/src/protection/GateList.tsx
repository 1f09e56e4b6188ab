import { ComponentType } from 'react';
import { makeStyles } from '@material-ui/core/styles';
import { SvgIconProps } from '@material-ui/core/SvgIcon';
import RefusedIcon from '@material-ui/icons/Block';
import PassedIcon from '@material-ui/icons/CheckCircle';
import WaitingIcon from '@material-ui/icons/HourglassEmpty';
import SkippedIcon from '@material-ui/icons/SkipNext';
import { GateState } from '@slipway/backstage-plugin-image-registry-common';
import { StateLabel, StateTone, useReasonText } from '../components';
import { imageRegistryTranslationRef, useTranslate } from '../translation';

const useStyles = makeStyles(theme => ({
  root: {
    listStyle: 'none',
    margin: 0,
    padding: 0,
    ...theme.typography.body2,
    '& > li': { padding: theme.spacing(0.25, 0), overflowWrap: 'anywhere' },
  },
}));

const looks: Record<
  GateState['state'],
  { icon: ComponentType<SvgIconProps>; tone: StateTone }
> = {
  passed: { icon: PassedIcon, tone: 'ok' },
  waiting: { icon: WaitingIcon, tone: 'warning' },
  refused: { icon: RefusedIcon, tone: 'error' },
  skipped: { icon: SkippedIcon, tone: 'neutral' },
};

/**
 * Where a rollout stands with each gate, in words.
 *
 * @public
 */
export function GateList(props: { gates: GateState[]; label: string }) {
  const classes = useStyles();
  const t = useTranslate(imageRegistryTranslationRef);
  const reasonText = useReasonText();
  return (
    <ul className={classes.root} aria-label={props.label}>
      {props.gates.map(({ name, state, reason }) => {
        const values = {
          gate: t(`gate.${name}`),
          state: t(`gateState.${state}`),
        };
        return (
          <li key={name}>
            <StateLabel {...looks[state]}>
              {reason
                ? t('gate.lineBecause', {
                    ...values,
                    reason: reasonText(reason),
                  })
                : t('gate.line', values)}
            </StateLabel>
          </li>
        );
      })}
    </ul>
  );
}
