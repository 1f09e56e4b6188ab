import { ComponentType, ReactNode } from 'react';
import { makeStyles, Theme } from '@material-ui/core/styles';
import { SvgIconProps } from '@material-ui/core/SvgIcon';

/** How a state feels; decides the colour of its icon. @public */
export type StateTone = 'ok' | 'busy' | 'warning' | 'error' | 'neutral';

const useStyles = makeStyles<Theme, { tone: StateTone }>(theme => ({
  root: {
    display: 'inline-flex',
    alignItems: 'baseline',
    gap: theme.spacing(0.5),
  },
  icon: {
    fontSize: '1.2em',
    flexShrink: 0,
    // Stands on the first line of a text that takes several: brought down to
    // the middle of its letters, without making that line higher.
    transform: 'translateY(0.2em)',
    marginTop: '-0.2em',
    color: ({ tone }) => toneColor(theme, tone),
  },
}));

function toneColor(theme: Theme, tone: StateTone): string {
  switch (tone) {
    case 'ok':
      return theme.palette.success.main;
    case 'busy':
      return theme.palette.info.main;
    case 'warning':
      return theme.palette.warning.main;
    case 'error':
      return theme.palette.error.main;
    default:
      return theme.palette.text.secondary;
  }
}

/** @public */
export interface StateLabelProps {
  icon: ComponentType<SvgIconProps>;
  tone: StateTone;
  children: ReactNode;
}

/**
 * A state: icon, word and colour, never colour alone.
 *
 * @public
 */
export function StateLabel({ icon: Icon, tone, children }: StateLabelProps) {
  const classes = useStyles({ tone });
  return (
    <span className={classes.root}>
      <Icon className={classes.icon} aria-hidden />
      <span>{children}</span>
    </span>
  );
}
