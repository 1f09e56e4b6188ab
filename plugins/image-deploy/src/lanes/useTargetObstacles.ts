import { Target } from '@slipway/backstage-plugin-image-registry-common';
import {
  personName,
  useReasonText,
  useTranslate,
} from '@slipway/backstage-plugin-image-registry-react';
import { useMembership } from '../deploy/useMembership';
import { useDeploymentsContext } from '../tab/DeploymentsContext';
import { imageDeployTranslationRef } from '../translation';
import { lastReturn } from './lastReturn';

/** Why a button of a target may not be pressed; absent: it may. */
export interface TargetObstacles {
  deploy?: string;
  /** Against a deploy past the gates, which needs no ownership. */
  emergency?: string;
  rollBack?: string;
  hold?: string;
  policy?: string;
  consent?: string;
  /** Restart, stop, start. */
  operate?: string;
}

/** What stands against each button of a target, in words. */
export function useTargetObstacles(target: Target): TargetObstacles {
  const { rights, rollouts, running } = useDeploymentsContext();
  const t = useTranslate(imageDeployTranslationRef);
  const reasonText = useReasonText();

  const { ok, reason } = target.writable;
  const refusal = reason ? reasonText(reason) : t('card.notWritable');
  const unwritable = ok ? undefined : refusal;
  const group = running.environments.find(
    ({ name }) => name === target.environment,
  )?.protection?.emergencyGroup;
  const notOnCall = group
    ? t('emergency.denied', { group: personName(group) })
    : rights.deploy;
  const onCall = useMembership(group);
  const nothingBefore = lastReturn(rollouts, target.key)
    ? undefined
    : t('card.nothingToReturnTo');
  return {
    deploy: unwritable ?? rights.deploy,
    emergency: unwritable ?? (onCall ? rights.emergency : notOnCall),
    rollBack: unwritable ?? rights.rollBack ?? nothingBefore,
    hold: rights.hold,
    policy: unwritable ?? rights.policy,
    consent: unwritable ?? rights.consent,
    operate: unwritable ?? rights.operate,
  };
}
