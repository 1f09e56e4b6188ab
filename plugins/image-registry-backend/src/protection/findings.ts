import {
  Approval,
  Freeze,
  GateName,
} from '@slipway/backstage-plugin-image-registry-common';
import {
  ageFinding,
  GateFinding,
  ImageEvidence,
  outdatedFinding,
  scanFinding,
  signatureFinding,
} from './imageGates';
import { protectionReasons } from './reasons';
import { Demands } from './strictest';
import { isOpen, nextOpening, wallClock } from './windows';

/** A freeze may be lifted before its end: looked at again after this; ms. */
const FREEZE_LOOK_MS = 5 * 60_000;
/** How soon who has to approve is looked up, when nobody was asked yet; ms. */
const ASK_AGAIN_MS = 1000;
/** An opening further away than this is told with its date; ms. */
const NEAR_MS = 6 * 24 * 60 * 60 * 1000;

/** Gates that an emergency or a return to what was healthy goes past. */
export const protectionGates = [
  'freeze',
  'window',
  'approval',
  'age',
  'scan',
  'signature',
] as const satisfies readonly GateName[];

/** Everything that the gates of protection look at. */
export interface ProtectionFacts {
  demands: Demands;
  /** Name of the environment, or of the place outside of any. */
  environment: string;
  /** In force for the component. */
  freezes: readonly Freeze[];
  approval?: Approval;
  /** Who is, or would be, asked to approve. */
  approvers: readonly string[];
  evidence?: ImageEvidence;
  /** The registry has told something since it gave the evidence. */
  isOutdated?: boolean;
  /** When the portal first heard of the image; ms since 1970. */
  knownSince: number;
  /** When the rollout was asked for; ms since 1970. */
  askedSince: number;
  /** Milliseconds since 1970. */
  now: number;
}

/** What one gate of protection found. */
export type NamedFinding = GateFinding & {
  name: (typeof protectionGates)[number];
};

/** What stands against a rollout, gate by gate in their order. */
export function findingsOf(facts: ProtectionFacts): NamedFinding[] {
  const { demands, evidence, knownSince, askedSince, now } = facts;
  const outdated =
    facts.isOutdated && evidence && outdatedFinding(evidence.registry, now);
  return [
    { name: 'freeze', ...freezeFinding(facts) },
    { name: 'window', ...windowFinding(facts) },
    { name: 'approval', ...approvalFinding(facts) },
    { name: 'age', ...ageFinding(demands, evidence, knownSince, now) },
    {
      name: 'scan',
      ...((demands.worst !== undefined && outdated) ||
        scanFinding(demands, evidence, askedSince, now)),
    },
    {
      name: 'signature',
      ...((demands.signatures.length > 0 && outdated) ||
        signatureFinding(demands, evidence, askedSince, now)),
    },
  ];
}

function freezeFinding({ freezes, now }: ProtectionFacts): GateFinding {
  const [freeze] = freezes;
  return freeze
    ? {
        state: 'waiting',
        reason: protectionReasons.frozen(freeze),
        until: Math.min(
          freeze.endsAt ? Date.parse(freeze.endsAt) : Infinity,
          now + FREEZE_LOOK_MS,
        ),
      }
    : { state: 'passed' };
}

function windowFinding({
  demands: { windows },
  environment,
  now,
}: ProtectionFacts): GateFinding {
  if (isOpen(windows, now)) {
    return { state: 'passed' };
  }
  const until = nextOpening(windows, now);
  if (until === undefined) {
    const reason = protectionReasons.windowNeverOpens(environment);
    return { state: 'waiting', reason };
  }
  const { timeZone } = windows[0];
  const { day, date, time } = wallClock(until, timeZone);
  return {
    state: 'waiting',
    reason: protectionReasons.windowClosed(environment, {
      at: new Date(until).toISOString(),
      day: until - now > NEAR_MS ? `${day} ${date}` : day,
      date,
      time,
      timeZone,
    }),
    until,
  };
}

function approvalFinding({
  demands,
  approval,
  approvers,
  now,
}: ProtectionFacts): GateFinding {
  const rule = demands.approval;
  if (!rule) {
    return { state: 'passed' };
  }
  const given = approval && asksWho(rule, approval) ? approval.given : [];
  const missing = rule.count - given.length;
  if (missing <= 0) {
    const reason = protectionReasons.approved(given.map(({ by }) => by));
    return { state: 'passed', reason };
  }
  const deadline = approval ? Date.parse(approval.deadlineAt) : undefined;
  if (deadline !== undefined && deadline <= now) {
    const reason = protectionReasons.approvalLapsed(given.length, rule.count);
    return { state: 'refused', reason };
  }
  return {
    state: 'waiting',
    reason:
      approvers.length > 0
        ? protectionReasons.waitsForApproval(missing, approvers)
        : protectionReasons.nobodyApproves(),
    until: deadline ?? now + ASK_AGAIN_MS,
  };
}

/**
 * A group that is named meanwhile is asked as soon as the rollout is looked
 * at; until then nobody has answered for it.
 */
function asksWho(
  { group }: NonNullable<Demands['approval']>,
  { approvers }: Approval,
): boolean {
  return group === undefined || approvers.join() === group;
}
