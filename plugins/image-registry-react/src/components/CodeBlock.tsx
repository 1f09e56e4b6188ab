import { makeStyles } from '@material-ui/core/styles';
import { CopyButton } from './CopyButton';

const useStyles = makeStyles(theme => ({
  root: {
    display: 'flex',
    alignItems: 'flex-start',
    gap: theme.spacing(1),
    padding: theme.spacing(1),
    border: `1px solid ${theme.palette.divider}`,
    borderRadius: theme.shape.borderRadius,
    backgroundColor: theme.palette.background.default,
  },
  text: {
    flex: 1,
    minWidth: 0,
    margin: 0,
    fontFamily: 'monospace',
    fontSize: '0.85rem',
    whiteSpace: 'pre-wrap',
    overflowWrap: 'anywhere',
    maxHeight: 420,
    overflow: 'auto',
  },
}));

/** @public */
export interface CodeBlockProps {
  text: string;
  /** Names it for the copy button. */
  what: string;
  /** What is copied, when not the text shown. */
  copyText?: string;
}

/**
 * Text for a machine, with a copy button.
 *
 * @public
 */
export function CodeBlock({ text, what, copyText }: CodeBlockProps) {
  const classes = useStyles();
  return (
    <div className={classes.root}>
      {/* Long content scrolls, so it must be reached by keyboard. */}
      {/* eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <pre className={classes.text} tabIndex={0} aria-label={what}>
        {text}
      </pre>
      <CopyButton text={copyText ?? text} what={what} />
    </div>
  );
}
