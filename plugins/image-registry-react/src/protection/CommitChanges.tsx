import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import Link from '@material-ui/core/Link';
import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import {
  CopyButton,
  Facts,
  SectionTitle,
  shortDigest,
  TimeAgo,
} from '../components';
import { imageRegistryTranslationRef } from '../translation';
import { compareLink } from './compareLink';
import { ImageChanges } from './useImageChanges';

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

/** The commits of two images, and the images that were pushed in between. */
export function CommitChanges({ changes }: { changes: ImageChanges }) {
  const classes = useStyles();
  const { t } = useTranslationRef(imageRegistryTranslationRef);
  const { from, to, between } = changes;
  const link = compareLink(to.source, from?.revision, to.revision);
  const same = to.revision !== undefined && from?.revision === to.revision;
  return (
    <section>
      <SectionTitle>{t('changes.commits')}</SectionTitle>
      {to.revision || from?.revision ? (
        <Facts
          facts={[
            [
              t('changes.runningCommit'),
              from?.revision && <Commit revision={from.revision} />,
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
      {between.length > 0 && (
        <>
          <SectionTitle component="h4">{t('changes.between')}</SectionTitle>
          <ul className={classes.list}>
            {between.slice(0, SHOWN).map(({ tag, digest, pushedAt }) => (
              <li key={tag}>
                <strong>{tag}</strong> {digest && shortDigest(digest)}{' '}
                {pushedAt && <TimeAgo time={pushedAt} />}
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
      )}
    </section>
  );
}

function Commit({ revision }: { revision: string }) {
  const { t } = useTranslationRef(imageRegistryTranslationRef);
  return (
    <>
      <code>{revision.slice(0, SHORT_COMMIT)}</code>
      <CopyButton text={revision} what={t('image.revision')} />
    </>
  );
}
