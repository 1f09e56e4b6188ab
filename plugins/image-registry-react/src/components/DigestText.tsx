import { makeStyles } from '@material-ui/core/styles';
import { imageRegistryTranslationRef, useTranslate } from '../translation';
import { CopyButton } from './CopyButton';
import { shortDigest } from './format';

const useStyles = makeStyles({
  root: { display: 'inline-flex', alignItems: 'center', whiteSpace: 'nowrap' },
  digest: { fontFamily: 'monospace', fontSize: '0.9em' },
});

/** @public */
export interface DigestTextProps {
  digest: string;
  /** False leaves the copy button out. */
  copy?: boolean;
}

/**
 * The beginning of a digest, with the whole on hover and to copy.
 *
 * @public
 */
export function DigestText({ digest, copy = true }: DigestTextProps) {
  const classes = useStyles();
  const t = useTranslate(imageRegistryTranslationRef);
  return (
    <span className={classes.root}>
      <span className={classes.digest} title={digest}>
        {shortDigest(digest)}
      </span>
      {copy && <CopyButton text={digest} what={t('word.digest')} />}
    </span>
  );
}
