import {
  Reason,
  ScanSummary,
} from '@slipway/backstage-plugin-image-registry-common';
import { protectionReasons } from './reasons';
import { Demands, isTolerated } from './strictest';

/**
 * For how long a scan or a signature is waited for, in ms. Both come after
 * the push; what is not there a day later was never made.
 */
export const EVIDENCE_PATIENCE_MS = 24 * 60 * 60 * 1000;

/** One thing that a registry was asked. */
export type Told<T> =
  | { state: 'told'; value: T }
  /** Registries of this kind do not tell. */
  | { state: 'not-told' }
  | { state: 'failed'; message: string };

/** What a registry said of an image, and when. */
export interface ImageEvidence {
  /** ISO 8601. */
  readAt: string;
  /** Name of the registry. */
  registry: string;
  /** How often it had told something of the repository before it was asked. */
  news?: number;
  /** ISO 8601; absent when the registry does not tell. */
  pushedAt?: string;
  scan?: Told<ScanSummary>;
  /** Kinds of signatures. */
  signatures?: Told<string[]>;
}

/** Where an image stands with one gate. */
export interface GateFinding {
  state: 'passed' | 'waiting' | 'refused';
  reason?: Reason;
  /** Milliseconds since 1970 at which another answer is to be expected. */
  until?: number;
}

/**
 * What is found when the registry has told something since it was asked: it is
 * asked again at once.
 */
export function outdatedFinding(registry: string, now: number): GateFinding {
  const reason = protectionReasons.evidenceOutdated(registry);
  return { state: 'waiting', reason, until: now };
}

const passed: GateFinding = { state: 'passed' };

const refused = (reason: Reason): GateFinding => ({ state: 'refused', reason });

/**
 * What is waited for must come some day.
 *
 * @param since - ms since 1970, when it began to be asked for
 */
function patiently(reason: Reason, since: number, now: number): GateFinding {
  return now - since > EVIDENCE_PATIENCE_MS
    ? refused(protectionReasons.evidenceTooLate(reason.message))
    : { state: 'waiting', reason };
}

/**
 * Whether an image is old enough.
 *
 * @param knownSince - ms since 1970; when the portal first heard of the image,
 * for registries that do not tell of pushes
 */
export function ageFinding(
  { minimumAgeMs }: Pick<Demands, 'minimumAgeMs'>,
  evidence: ImageEvidence | undefined,
  knownSince: number,
  now: number,
): GateFinding {
  if (minimumAgeMs === 0) {
    return passed;
  }
  const pushed = evidence?.pushedAt ? Date.parse(evidence.pushedAt) : NaN;
  // A clock that is ahead must not make an image young for ever.
  const since = Math.min(Number.isNaN(pushed) ? knownSince : pushed, now);
  const left = since + minimumAgeMs - now;
  return left <= 0
    ? passed
    : {
        state: 'waiting',
        reason: protectionReasons.tooYoung(left, minimumAgeMs),
        until: since + minimumAgeMs,
      };
}

/** Whether the scan of an image lets it through. */
export function scanFinding(
  { worst }: Pick<Demands, 'worst'>,
  evidence: ImageEvidence | undefined,
  askedSince: number,
  now: number,
): GateFinding {
  if (worst === undefined) {
    return passed;
  }
  const wait = (reason: Reason) => patiently(reason, askedSince, now);
  const scan = evidence?.scan;
  if (!evidence || !scan) {
    return wait(protectionReasons.evidenceMissing(evidence?.registry ?? ''));
  }
  if (scan.state === 'not-told') {
    return refused(protectionReasons.tellsNoScans(evidence.registry));
  }
  if (scan.state === 'failed') {
    return wait(
      protectionReasons.evidenceFailed(evidence.registry, scan.message),
    );
  }
  const { status, severity } = scan.value;
  switch (status) {
    case 'finished':
      return isTolerated(severity, worst)
        ? passed
        : refused(protectionReasons.scanTooSevere(severity ?? '', worst));
    case 'unsupported':
      return refused(protectionReasons.notScannable(evidence.registry));
    case 'pending':
      return wait(protectionReasons.scanPending());
    case 'failed':
      return wait(protectionReasons.scanFailed());
    default:
      return wait(protectionReasons.notScanned());
  }
}

/** Whether an image carries the signatures that are asked for. */
export function signatureFinding(
  { signatures }: Pick<Demands, 'signatures'>,
  evidence: ImageEvidence | undefined,
  askedSince: number,
  now: number,
): GateFinding {
  if (signatures.length === 0) {
    return passed;
  }
  const wait = (reason: Reason) => patiently(reason, askedSince, now);
  const told = evidence?.signatures;
  if (!evidence || !told) {
    return wait(protectionReasons.evidenceMissing(evidence?.registry ?? ''));
  }
  if (told.state === 'not-told') {
    return refused(protectionReasons.tellsNoSignatures(evidence.registry));
  }
  if (told.state === 'failed') {
    return wait(
      protectionReasons.evidenceFailed(evidence.registry, told.message),
    );
  }
  const missing = signatures.filter(kind =>
    kind === 'any' ? told.value.length === 0 : !told.value.includes(kind),
  );
  return missing.length === 0
    ? passed
    : wait(protectionReasons.notSigned(missing));
}
