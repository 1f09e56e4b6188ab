import { makeStyles } from '@material-ui/core/styles';
import { useTranslate } from '@slipway/backstage-plugin-image-registry-react';
import { imageDeployTranslationRef } from '../translation';

const useStyles = makeStyles(theme => ({
  root: {
    margin: theme.spacing(0, 1.75, 1),
    fontFamily: 'monospace',
    whiteSpace: 'pre-wrap',
    overflowWrap: 'anywhere',
  },
  wrong: {
    color: 'inherit',
    backgroundColor: 'transparent',
    textDecoration: `underline wavy ${theme.palette.error.main}`,
    textUnderlineOffset: '3px',
  },
}));

/** A text with the place underlined where it cannot be read. */
export function MarkedText(props: {
  text: string;
  /** Index in the text, from 0. */
  position: number;
  /** How many characters are wrong; default 1. */
  length?: number;
}) {
  const classes = useStyles();
  const t = useTranslate(imageDeployTranslationRef);
  const { text, length = 1 } = props;
  const position = Math.min(props.position, text.length);
  return (
    <div
      className={classes.root}
      role="img"
      aria-label={t('rule.wrongAt', { position: String(position + 1) })}
    >
      {text.slice(0, position)}
      <mark className={classes.wrong}>
        {text.slice(position, position + length) || ' '}
      </mark>
      {text.slice(position + length)}
    </div>
  );
}
