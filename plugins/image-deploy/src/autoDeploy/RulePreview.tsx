import { memo, useEffect, useState } from 'react';
import LinearProgress from '@material-ui/core/LinearProgress';
import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import AcceptedIcon from '@material-ui/icons/Check';
import RejectedIcon from '@material-ui/icons/Close';
import Alert from '@material-ui/lab/Alert';
import {
  PolicyPreview,
  Target,
} from '@slipway/backstage-plugin-image-registry-common';
import {
  ErrorPanel,
  RowsSkeleton,
  StateLabel,
  ReasonText,
  useReasonText,
  useTranslate,
} from '@slipway/backstage-plugin-image-registry-react';
import { imageDeployTranslationRef } from '../translation';
import { SHOWN_VERDICTS } from './evaluateHere';
import { ReadingProgress, RulePreviewState } from './useRulePreview';

/** Rows that the list shows without scrolling, and some: drawn at once. */
const ROWS_IN_SIGHT = 15;
/** Without another answer for so long, in ms, the other rows are drawn, too. */
const TYPING_REST = 250;

const useStyles = makeStyles(theme => ({
  candidates: {
    listStyle: 'none',
    margin: 0,
    padding: theme.spacing(1),
    maxHeight: 280,
    overflow: 'auto',
    border: `1px solid ${theme.palette.divider}`,
    borderRadius: theme.shape.borderRadius,
    ...theme.typography.body2,
    '& > li': { overflowWrap: 'anywhere', padding: theme.spacing(0.25, 0) },
  },
  tag: { fontWeight: 600 },
  reading: { marginBottom: theme.spacing(1) },
}));

/** Typing draws the form anew, and this only once there is another answer. */
const SteadyAnswer = memo(Answer);
const SteadyVerdict = memo(Verdict, ({ candidate: a }, { candidate: b }) =>
  isSame(a, b),
);

/** What the rule would choose from the real tags, and why not the others. */
export function RulePreview(props: {
  state: RulePreviewState;
  target: Target;
}) {
  const { state, target } = props;
  const t = useTranslate(imageDeployTranslationRef);
  if (state.error) {
    return (
      <ErrorPanel
        error={state.error}
        title={t('preview.failed')}
        onRetry={state.refetch}
      />
    );
  }
  if (state.loading) {
    return (
      <>
        {state.reading && <Reading progress={state.reading} />}
        <RowsSkeleton rows={3} />
      </>
    );
  }
  return state.preview ? (
    <>
      {state.reading && <Reading progress={state.reading} />}
      <SteadyAnswer
        preview={state.preview}
        acceptedCount={state.accepted}
        target={target}
      />
    </>
  ) : (
    <Typography variant="body2" color="textSecondary">
      {t('preview.typeARule')}
    </Typography>
  );
}

/** How many of the tags are there; below stands what is so among them. */
function Reading({ progress }: { progress: ReadingProgress }) {
  const classes = useStyles();
  const t = useTranslate(imageDeployTranslationRef);
  const { read, total } = progress;
  const label = t('preview.reading', {
    read: String(read),
    total: String(total),
  });
  return (
    <div className={classes.reading}>
      <Typography variant="body2" color="textSecondary">
        {label}
      </Typography>
      <LinearProgress
        variant="determinate"
        value={(100 * read) / Math.max(1, total)}
        aria-label={label}
      />
    </div>
  );
}

function Answer(props: {
  preview: PolicyPreview;
  /** Absent: as many as the verdicts say. */
  acceptedCount?: number;
  target: Target;
}) {
  const { preview, acceptedCount, target } = props;
  const classes = useStyles();
  const t = useTranslate(imageDeployTranslationRef);
  const reasonText = useReasonText();
  const { selected, candidates, totalItems, complete } = preview;
  const accepted = candidates.filter(candidate => candidate.accepted);
  const rejected = candidates.filter(candidate => !candidate.accepted);
  const shown = [
    ...accepted.slice(0, SHOWN_VERDICTS),
    ...rejected.slice(0, SHOWN_VERDICTS),
  ];
  const rests = useRest(preview);
  const running = target.tag ?? t('preview.unknownTag');
  const remark = preview.blocked ?? preview.open;
  return (
    <div role="region" aria-label={t('preview.title')}>
      {!complete && (
        <Alert severity="warning">
          {t('preview.incomplete', {
            reason: preview.incompleteBecause
              ? reasonText(preview.incompleteBecause)
              : preview.incompleteReason ?? '',
          })}
        </Alert>
      )}
      <Typography component="p" aria-live="polite" gutterBottom>
        {selected
          ? t('preview.wouldChoose', { tag: selected, running })
          : t('preview.wouldChooseNothing', { running })}
      </Typography>
      {complete && remark && (
        <Typography variant="body2" gutterBottom>
          <ReasonText reason={remark} />
        </Typography>
      )}
      <Typography variant="body2" color="textSecondary" gutterBottom>
        {t('preview.count', {
          accepted: String(acceptedCount ?? accepted.length),
          total: String(totalItems),
        })}
      </Typography>
      {/* Long content scrolls, so it must be reached by keyboard. */}
      {/* eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <ul className={classes.candidates} tabIndex={0}>
        {(rests ? shown : shown.slice(0, ROWS_IN_SIGHT)).map(candidate => (
          <li key={candidate.tag}>
            <SteadyVerdict candidate={candidate} />
          </li>
        ))}
        {rests && totalItems > shown.length && (
          <li>
            {t('preview.more', { rest: String(totalItems - shown.length) })}
          </li>
        )}
      </ul>
    </div>
  );
}

/** False until there was no other answer for a moment. */
function useRest(preview: PolicyPreview): boolean {
  const [rested, setRested] = useState<PolicyPreview>();
  useEffect(() => {
    const timer = setTimeout(() => setRested(preview), TYPING_REST);
    return () => clearTimeout(timer);
  }, [preview]);
  return rested === preview;
}

type Candidate = PolicyPreview['candidates'][number];

/** Most tags keep their verdict from one keystroke to the next. */
function isSame(a: Candidate, b: Candidate): boolean {
  return (
    a.tag === b.tag &&
    a.accepted === b.accepted &&
    a.rank === b.rank &&
    a.reason.message === b.reason.message
  );
}

function Verdict(props: { candidate: Candidate }) {
  const { tag, accepted, rank, reason } = props.candidate;
  const classes = useStyles();
  const t = useTranslate(imageDeployTranslationRef);
  const why = useReasonText()(reason);
  let outcome: string = t('preview.rejected', { why });
  if (accepted) {
    outcome =
      rank === undefined
        ? t('preview.acceptedUnranked', { why })
        : t('preview.accepted', { rank: String(rank), why });
  }
  return (
    <StateLabel
      icon={accepted ? AcceptedIcon : RejectedIcon}
      tone={accepted ? 'ok' : 'error'}
    >
      <span className={classes.tag}>{tag}</span> {outcome}
    </StateLabel>
  );
}
