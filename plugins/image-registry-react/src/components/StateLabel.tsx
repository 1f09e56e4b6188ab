import { ComponentType, ReactNode } from 'react';
import { makeStyles } from '@material-ui/core/styles';
import { SvgIconProps } from '@material-ui/core/SvgIcon';

/** How a state feels; decides the colour of its icon. @public */
export type StateTone = 'ok' | 'busy' | 'warning' | 'error' | 'neutral';

// A class for each tone: styles that depend on a property would make a style
// sheet for each label, and lists have hundreds.
const useStyles = makeStyles(theme => ({
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
  },
  ok: { color: theme.palette.success.main },
  busy: { color: theme.palette.info.main },
  warning: { color: theme.palette.warning.main },
  error: { color: theme.palette.error.main },
  neutral: { color: theme.palette.text.secondary },
}));

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
  const classes = useStyles();
  return (
    <span className={classes.root}>
      <Icon className={`${classes.icon} ${classes[tone]}`} aria-hidden />
      <span>{children}</span>
    </span>
  );
}
