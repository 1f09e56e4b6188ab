import { ReactNode } from 'react';
import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import BlockIcon from '@material-ui/icons/Block';
import AcceptedIcon from '@material-ui/icons/Check';
import RejectedIcon from '@material-ui/icons/Close';
import RecordedIcon from '@material-ui/icons/NotificationsNone';
import {
  Decision,
  Policy,
} from '@slipway/backstage-plugin-image-registry-common';
import {
  ErrorPanel,
  RowsSkeleton,
  SectionTitle,
  StateLabel,
  TimeAgo,
  useImageRegistryQuery,
  useReasonText,
  useTranslate,
} from '@slipway/backstage-plugin-image-registry-react';
import { useDeploymentsContext } from '../tab/DeploymentsContext';
import { imageDeployTranslationRef } from '../translation';

/** Decisions shown. */
const SHOWN = 20;

const useStyles = makeStyles(theme => ({
  root: {
    listStyle: 'none',
    margin: 0,
    padding: 0,
    ...theme.typography.body2,
    '& > li': { padding: theme.spacing(0.5, 0), overflowWrap: 'anywhere' },
  },
}));

const looks = {
  accepted: { icon: AcceptedIcon, tone: 'ok' },
  rejected: { icon: RejectedIcon, tone: 'neutral' },
  blocked: { icon: BlockIcon, tone: 'error' },
  recorded: { icon: RecordedIcon, tone: 'neutral' },
} as const;

/** What a policy decided lately, in words. */
export function PolicyDecisions({ policy }: { policy: Policy }) {
  const classes = useStyles();
  const t = useTranslate(imageDeployTranslationRef);
  const { entityRef } = useDeploymentsContext();
  const { value, error, refetch } = useImageRegistryQuery(
    (api, signal) =>
      api.listDecisions({ policyId: policy.id, limit: SHOWN }, { signal }),
    [policy.id],
    { topics: ['policy', 'rollout'], entityRef },
  );
  let content: ReactNode;
  if (value?.items.length === 0) {
    content = <Typography variant="body2">{t('decisions.none')}</Typography>;
  } else if (value) {
    content = (
      <ul className={classes.root}>
        {value.items.map(decision => (
          <DecisionLine key={decision.id} decision={decision} />
        ))}
      </ul>
    );
  } else {
    content = error ? (
      <ErrorPanel error={error} onRetry={refetch} />
    ) : (
      <RowsSkeleton rows={3} />
    );
  }
  return (
    <section>
      <SectionTitle>{t('decisions.title')}</SectionTitle>
      {content}
    </section>
  );
}

function DecisionLine({ decision }: { decision: Decision }) {
  const t = useTranslate(imageDeployTranslationRef);
  const why = useReasonText()(decision.reason);
  const { icon, tone } = looks[decision.outcome];
  return (
    <li>
      <StateLabel icon={icon} tone={tone}>
        {t(`decisions.${decision.outcome}`, { tag: decision.tag, why })}{' '}
        <TimeAgo time={decision.decidedAt} />
      </StateLabel>
    </li>
  );
}
