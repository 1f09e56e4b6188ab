import Button, { ButtonProps } from '@material-ui/core/Button';
import { makeStyles } from '@material-ui/core/styles';
import Tooltip from '@material-ui/core/Tooltip';

const useStyles = makeStyles(theme => ({
  denied: {
    '&, &:hover, &:focus': {
      color: theme.palette.text.disabled,
      backgroundColor: theme.palette.action.disabledBackground,
      borderColor: theme.palette.action.disabledBackground,
      boxShadow: 'none',
      cursor: 'not-allowed',
    },
  },
}));

/** @public */
export type GuardedButtonProps = ButtonProps & {
  /** Why the person may not press it, and whom to ask; absent: they may. */
  deniedReason?: string;
};

/**
 * A button that tells why it may not be pressed. It keeps the focus, unlike a
 * disabled one, so that the reason is reached by keyboard and screen reader. It
 * is the same element before and after, so that the focus outlasts an answer
 * that allows it.
 *
 * @public
 */
export function GuardedButton(props: GuardedButtonProps) {
  const { deniedReason, className, onClick, ...rest } = props;
  const classes = useStyles();
  const denied = deniedReason
    ? {
        href: undefined,
        'aria-disabled': true,
        'aria-description': deniedReason,
        disableRipple: true,
      }
    : {};
  return (
    <Tooltip
      title={deniedReason ?? ''}
      aria-label={undefined}
      disableHoverListener={!deniedReason}
    >
      <Button
        {...rest}
        {...denied}
        className={[className, deniedReason && classes.denied]
          .filter(Boolean)
          .join(' ')}
        onClick={deniedReason ? event => event.preventDefault() : onClick}
      />
    </Tooltip>
  );
}
