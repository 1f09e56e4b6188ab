import {
  ApprovalRule,
  DeployWindow,
  ImageGates,
  Policy,
  Protection,
  severities,
} from '@slipway/backstage-plugin-image-registry-common';

/** After this time what nobody approved is rejected, unless it says else; ms. */
export const DEFAULT_APPROVAL_DEADLINE_MS = 24 * 60 * 60 * 1000;

/** What a policy asks of its own rollouts, beyond the environment. */
export type PolicyDemands = Pick<Policy, 'mode' | 'gates' | 'whenStopped'>;

/** The worst finding that is tolerated. */
export type Tolerated = NonNullable<ImageGates['scan']>['worst'];

/** A signature that has to be there: of one kind, or any. */
export type SignatureKind = NonNullable<ImageGates['signature']>['kind'];

/** What holds for one rollout: the strictest of all who have a say. */
export interface Demands {
  approval?: Required<Pick<ApprovalRule, 'count' | 'deadlineMs'>> &
    Pick<ApprovalRule, 'group'>;
  windows: readonly DeployWindow[];
  /** Milliseconds since the push, at least. */
  minimumAgeMs: number;
  /** Absent: no scan is asked for. */
  worst?: Tolerated;
  /** All of them; empty: none is asked for. */
  signatures: readonly SignatureKind[];
  /** Of a workload without running pods. */
  whenStopped: Policy['whenStopped'];
  /** Only said, never deployed. */
  notifyOnly: boolean;
}

/** From what tolerates nothing to what tolerates everything. */
const tolerance: readonly Tolerated[] = ['none', ...[...severities].reverse()];

/** Whether findings of a severity are tolerated. */
export function isTolerated(
  severity: (typeof severities)[number] | undefined,
  worst: Tolerated,
): boolean {
  return (
    severity === undefined ||
    tolerance.indexOf(severity) <= tolerance.indexOf(worst)
  );
}

/**
 * What an environment and a policy ask together: never less than either.
 *
 * @param policy - of a rollout that a policy made
 */
export function strictestOf(
  environment: Protection = {},
  policy?: PolicyDemands,
): Demands {
  const gates = [environment.gates ?? {}, policy?.gates ?? {}];
  const worst = gates.flatMap(({ scan }) => (scan ? [scan.worst] : []));
  const kinds = gates.flatMap(({ signature }) =>
    signature ? [signature.kind] : [],
  );
  const named = kinds.filter(kind => kind !== 'any');
  return {
    approval: approvalOf(environment, policy),
    windows: environment.windows ?? [],
    minimumAgeMs: Math.max(
      ...gates.map(({ minimumAgeMs }) => minimumAgeMs ?? 0),
    ),
    worst: tolerance.find(each => worst.includes(each)),
    signatures: [...new Set(named.length > 0 ? named : kinds)],
    whenStopped: policy?.whenStopped ?? 'update',
    notifyOnly: policy?.mode === 'notify',
  };
}

function approvalOf(
  { approvals }: Protection,
  policy: PolicyDemands | undefined,
): Demands['approval'] {
  const asked =
    approvals ?? (policy?.mode === 'approve' ? { count: 1 } : undefined);
  return (
    asked && {
      ...asked,
      deadlineMs: asked.deadlineMs ?? DEFAULT_APPROVAL_DEADLINE_MS,
    }
  );
}
