import { makeStyles } from '@material-ui/core/styles';
import CheckIcon from '@material-ui/icons/CheckCircle';
import ErrorIcon from '@material-ui/icons/Error';
import WarningIcon from '@material-ui/icons/ReportProblemOutlined';
import { RolloutDiff } from '@slipway/backstage-plugin-image-registry-common';
import {
  GuardedButton,
  StateLabel,
  useReasonText,
  useTranslate,
} from '@slipway/backstage-plugin-image-registry-react';
import { imageDeployTranslationRef } from '../translation';

type Check = RolloutDiff['checks'][number];

const useStyles = makeStyles(theme => ({
  root: {
    listStyle: 'none',
    margin: 0,
    padding: 0,
    ...theme.typography.body2,
    '& > li': { padding: theme.spacing(0.25, 0), overflowWrap: 'anywhere' },
  },
}));

/** What was looked at before deploying, each with its finding. */
export function CheckList(props: {
  checks: Check[];
  /** Called to have the portal do what it offers about a check. */
  onFix?(): void;
  /** Why the person may not have it done. */
  fixDenied?: string;
}) {
  const { checks, onFix, fixDenied } = props;
  const classes = useStyles();
  const t = useTranslate(imageDeployTranslationRef);
  return (
    <ul className={classes.root}>
      {checks.map((check, position) => (
        // Several of one name, even of one code, may be asked for together.
        <li key={position}>
          <CheckState check={check} />
          {check.fix && onFix && (
            <GuardedButton
              size="small"
              color="primary"
              deniedReason={fixDenied}
              onClick={onFix}
            >
              {t('check.fix')}
            </GuardedButton>
          )}
        </li>
      ))}
    </ul>
  );
}

function CheckState({ check }: { check: Check }) {
  const t = useTranslate(imageDeployTranslationRef);
  const finding = useReasonText()(check.reason);
  const name = t(`check.${check.name}`);
  const text = t('check.line', {
    check: check.container ? `${check.container} · ${name}` : name,
    finding,
  });
  if (check.warning) {
    return (
      <StateLabel icon={WarningIcon} tone="warning">
        {text}
      </StateLabel>
    );
  }
  return (
    <StateLabel
      icon={check.ok ? CheckIcon : ErrorIcon}
      tone={check.ok ? 'ok' : 'error'}
    >
      {text}
    </StateLabel>
  );
}
