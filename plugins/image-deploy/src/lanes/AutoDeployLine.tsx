import Button from '@material-ui/core/Button';
import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import BlockIcon from '@material-ui/icons/Block';
import AutoIcon from '@material-ui/icons/Autorenew';
import LockIcon from '@material-ui/icons/Lock';
import OffIcon from '@material-ui/icons/PauseCircleOutline';
import {
  Policy,
  Target,
  targetKey,
} from '@slipway/backstage-plugin-image-registry-common';
import {
  StateLabel,
  useReasonText,
  useTranslate,
} from '@slipway/backstage-plugin-image-registry-react';
import { useRuleWords } from '../autoDeploy/useRuleWords';
import { useDeploymentsContext } from '../tab/DeploymentsContext';
import { imageDeployTranslationRef } from '../translation';
import { failedBefore } from './failedBefore';
import { TurnOnButton } from './TurnOnButton';

const useStyles = makeStyles(theme => ({
  root: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: theme.spacing(0, 1),
    overflowWrap: 'anywhere',
  },
}));

/** Whether pushes deploy here, by which rule, and what stands against it. */
export function AutoDeployLine(props: {
  target: Target;
  deniedReason?: string;
}) {
  const { target, deniedReason } = props;
  const classes = useStyles();
  const t = useTranslate(imageDeployTranslationRef);
  const { policies, location } = useDeploymentsContext();
  const policy = policies.find(
    candidate => targetKey(candidate.target) === target.key,
  );
  return (
    <div className={classes.root}>
      <Typography variant="body2" component="div">
        {policy ? (
          <PolicyState policy={policy} target={target} />
        ) : (
          <StateLabel icon={OffIcon} tone="neutral">
            {t('autoDeploy.none')}
          </StateLabel>
        )}
      </Typography>
      {policy ? (
        <Button
          size="small"
          onClick={() =>
            location.open('auto-deploy', { targetKey: target.key })
          }
        >
          {t('autoDeploy.change')}
        </Button>
      ) : (
        <TurnOnButton target={target} deniedReason={deniedReason} />
      )}
    </div>
  );
}

function PolicyState({ policy, target }: { policy: Policy; target: Target }) {
  const t = useTranslate(imageDeployTranslationRef);
  const rule = useRuleWords()(policy.rule);
  const reasonText = useReasonText();
  const { rollouts } = useDeploymentsContext();
  const { head } = policy;
  const upToDate = head?.digest !== undefined && head.digest === target.digest;
  const failed = failedBefore(rollouts, target.key, head?.digest);
  if (!policy.enabled) {
    return (
      <StateLabel icon={OffIcon} tone="neutral">
        {t('autoDeploy.off', { rule })}
      </StateLabel>
    );
  }
  if (policy.blocked) {
    return (
      <StateLabel icon={BlockIcon} tone="error">
        {t('autoDeploy.blocked', { rule, reason: reasonText(policy.blocked) })}
      </StateLabel>
    );
  }
  if (target.hold) {
    return (
      <StateLabel icon={LockIcon} tone="warning">
        {head && !upToDate && !failed
          ? t('autoDeploy.heldNext', { rule, tag: head.tag })
          : t('autoDeploy.held', { rule })}
      </StateLabel>
    );
  }
  if (head && !upToDate && failed) {
    return (
      <StateLabel icon={BlockIcon} tone="warning">
        {t('autoDeploy.failedBefore', { rule, tag: head.tag })}
      </StateLabel>
    );
  }
  return (
    <StateLabel icon={AutoIcon} tone="ok">
      {upToDate
        ? t('autoDeploy.upToDate', { rule })
        : t('autoDeploy.on', { rule })}
    </StateLabel>
  );
}
