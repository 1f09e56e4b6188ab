import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import {
  Hold,
  parseTargetKey,
} from '@slipway/backstage-plugin-image-registry-common';
import {
  ErrorPanel,
  HeldLabel,
  Person,
  RowsSkeleton,
  SectionTitle,
  TimeAgo,
  useImageRegistryQuery,
  useReasonText,
  useTranslate,
} from '@slipway/backstage-plugin-image-registry-react';
import { PagedList } from '../page/PagedList';
import { Panel } from '../page/Panel';
import { usePartOf } from '../page/usePartOf';
import { imageRegistryPageTranslationRef } from '../translation';
import { DeployLink } from './DeployLink';

/** Holds of a page. */
const PAGE_SIZE = 50;

const noHolds: Hold[] = [];

const useStyles = makeStyles(theme => ({
  list: {
    listStyle: 'none',
    margin: 0,
    padding: 0,
    ...theme.typography.body2,
    '& > li': { padding: theme.spacing(0.75, 0), overflowWrap: 'anywhere' },
    '& > li + li': { borderTop: `1px solid ${theme.palette.divider}` },
  },
  secondary: { color: theme.palette.text.secondary },
}));

/** On which targets the automation is held, over all components. */
export function HoldList() {
  const classes = useStyles();
  const t = useTranslate(imageRegistryPageTranslationRef);
  const { value, error, refetch } = useImageRegistryQuery(
    (api, signal) => api.listHolds(undefined, { signal }),
    [],
    { topics: ['target', 'rollout'] },
  );
  const part = usePartOf(value ?? noHolds, PAGE_SIZE);
  return (
    <Panel>
      <SectionTitle>{t('activity.holds')}</SectionTitle>
      {error && (
        <ErrorPanel
          error={error}
          title={t('activity.holdsFailed')}
          onRetry={refetch}
        />
      )}
      {!value && !error && <RowsSkeleton rows={2} />}
      {value?.length === 0 && (
        <Typography variant="body2">{t('activity.holdsNone')}</Typography>
      )}
      <PagedList label={t('activity.holds')} place={part.place}>
        <ul className={classes.list}>
          {part.items.map(hold => (
            <li key={hold.id}>
              <HoldLine hold={hold} />
            </li>
          ))}
        </ul>
      </PagedList>
    </Panel>
  );
}

function HoldLine({ hold }: { hold: Hold }) {
  const classes = useStyles();
  const t = useTranslate(imageRegistryPageTranslationRef);
  const { entityRef, targetKey, reason, author, createdAt, expiresAt } = hold;
  const reasonText = useReasonText();
  const target = parseTargetKey(targetKey);
  const time = <TimeAgo time={createdAt} />;
  return (
    <>
      <DeployLink entityRef={entityRef} />
      {target &&
        ` · ${target.cluster} / ${target.namespace} · ${target.kind}/${target.name}`}
      <div>
        <HeldLabel reason={hold.because ? reasonText(hold.because) : reason} />
      </div>
      <div className={classes.secondary}>
        {author
          ? t('activity.heldBy', {
              author: <Person entityRef={author} />,
              time,
            })
          : t('activity.heldByAutomation', { time })}
        {expiresAt && (
          <>
            {' · '}
            {t('activity.ends', { time: <TimeAgo time={expiresAt} /> })}
          </>
        )}
      </div>
    </>
  );
}
