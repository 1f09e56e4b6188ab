import Link from '@material-ui/core/Link';
import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import { ImageComparison } from '@slipway/backstage-plugin-image-registry-common';
import {
  CopyButton,
  Facts,
  ReasonText,
  SectionTitle,
  shortDigest,
  TimeAgo,
} from '../components';
import { imageRegistryTranslationRef, useTranslate } from '../translation';
import { compareLink } from './compareLink';

/** Images in between that are listed. */
const SHOWN = 20;
/** Characters of a commit that are shown. */
const SHORT_COMMIT = 12;

const useStyles = makeStyles(theme => ({
  list: {
    listStyle: 'none',
    margin: 0,
    padding: 0,
    ...theme.typography.body2,
    '& > li': { padding: theme.spacing(0.25, 0), overflowWrap: 'anywhere' },
  },
}));

/**
 * The commits of two images, and the images that lie in between, newest first.
 *
 * @public
 */
export function CommitChanges(props: { comparison: ImageComparison }) {
  const { from, to, direction, complete, reason } = props.comparison;
  const t = useTranslate(imageRegistryTranslationRef);
  const link = compareLink(to.source, from.revision, to.revision);
  const same = to.revision !== undefined && from.revision === to.revision;
  return (
    <section>
      <SectionTitle>{t('changes.commits')}</SectionTitle>
      {direction === 'back' && (
        <Typography variant="body2">{t('changes.goesBack')}</Typography>
      )}
      {to.revision || from.revision ? (
        <Facts
          facts={[
            [
              t('changes.runningCommit'),
              from.revision && <Commit revision={from.revision} />,
            ],
            [
              t('changes.newCommit'),
              to.revision && <Commit revision={to.revision} />,
            ],
          ]}
        />
      ) : (
        <Typography variant="body2">{t('changes.noCommits')}</Typography>
      )}
      {same && (
        <Typography variant="body2">{t('changes.sameCommit')}</Typography>
      )}
      {link && !same && (
        <Link href={link} target="_blank" rel="noopener noreferrer">
          {t('changes.compare')}
        </Link>
      )}
      <ImagesBetween comparison={props.comparison} />
      {!complete && reason && (
        <Typography variant="body2" color="textSecondary">
          {t('changes.incomplete', { why: <ReasonText reason={reason} /> })}
        </Typography>
      )}
    </section>
  );
}

function ImagesBetween({ comparison }: { comparison: ImageComparison }) {
  const classes = useStyles();
  const t = useTranslate(imageRegistryTranslationRef);
  const { between, direction } = comparison;
  const newestFirst = direction === 'back' ? between : [...between].reverse();
  if (between.length === 0) {
    return null;
  }
  return (
    <>
      <SectionTitle component="h4">{t('changes.between')}</SectionTitle>
      <ul className={classes.list}>
        {newestFirst.slice(0, SHOWN).map(image => (
          <li key={image.digest}>
            <strong>{image.tags.join(', ')}</strong> {shortDigest(image.digest)}{' '}
            {image.revision && (
              <code>{image.revision.slice(0, SHORT_COMMIT)}</code>
            )}{' '}
            {(image.pushedAt ?? image.createdAt) && (
              <TimeAgo time={image.pushedAt ?? image.createdAt ?? ''} />
            )}
          </li>
        ))}
        {between.length > SHOWN && (
          <li>
            {t('changes.betweenMore', {
              rest: String(between.length - SHOWN),
            })}
          </li>
        )}
      </ul>
    </>
  );
}

function Commit({ revision }: { revision: string }) {
  const t = useTranslate(imageRegistryTranslationRef);
  return (
    <>
      <code>{revision.slice(0, SHORT_COMMIT)}</code>
      <CopyButton text={revision} what={t('image.revision')} />
    </>
  );
}
