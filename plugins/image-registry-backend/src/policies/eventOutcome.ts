import {
  DeliveryOutcome,
  Reason,
} from '@slipway/backstage-plugin-image-registry-common';
import { HeldEvent } from '../inbox';
import { DecisionResult } from './DecisionResult';
import { policyReasons } from './reasons';

/**
 * When the push was, as the registry tells it, but never later than we heard
 * of it: a clock that is ahead must not make one push the newest for ever.
 */
export function pushTimeOf(event: HeldEvent): {
  pushedAt: string;
  pushTold: boolean;
} {
  const { occurredAt, receivedAt } = event;
  return occurredAt && Date.parse(occurredAt) < Date.parse(receivedAt)
    ? { pushedAt: occurredAt, pushTold: true }
    : { pushedAt: receivedAt, pushTold: false };
}

/** Whether an event tells when what its tag means now was pushed. */
export function tellsTime(
  { digest }: HeldEvent,
  observed: { digest: string; pushTold: boolean },
): boolean {
  return observed.pushTold && (!digest || digest === observed.digest);
}

/** What an event came to, over all policies. */
export function outcomeOf(
  decided: DecisionResult,
  repository: string,
  tag: string,
): { outcome: DeliveryOutcome; reason: Reason } {
  if (decided.rollouts.length > 0) {
    return {
      outcome: 'deployed',
      reason: policyReasons.deployedBy(decided.rollouts.length),
    };
  }
  const first =
    decided.blocked[0] ?? decided.recorded[0] ?? decided.rejected.first;
  return {
    outcome: 'ignored',
    reason: first
      ? policyReasons.noneTook(decided.policyIds.length, first)
      : policyReasons.noPolicy(repository, tag),
  };
}
