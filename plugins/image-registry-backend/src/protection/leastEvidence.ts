import {
  ScanSummary,
  severities,
} from '@slipway/backstage-plugin-image-registry-common';
import { ImageEvidence, Told } from './imageGates';

/**
 * What gates look at when several images are deployed together: each of them
 * has to pass, so the worst of what was said of any counts.
 */
export function leastEvidence(
  all: readonly [ImageEvidence, ...ImageEvidence[]],
): ImageEvidence {
  const [first, ...rest] = all;
  return rest.reduce(
    (one, other) => ({
      ...one,
      registry: worstScan(one, other).registry,
      readAt: one.readAt < other.readAt ? one.readAt : other.readAt,
      pushedAt: latest(one.pushedAt, other.pushedAt),
      scan: worstScan(one, other).scan,
      signatures: common(one.signatures, other.signatures),
    }),
    first,
  );
}

/** One image of unknown age makes the age of all unknown. */
function latest(a: string | undefined, b: string | undefined) {
  if (a === undefined || b === undefined) {
    return undefined;
  }
  return a > b ? a : b;
}

/** The higher, the less is known, or the worse it is. */
function rankOf(scan: ImageEvidence['scan']): number {
  if (scan?.state !== 'told') {
    return scan === undefined ? -1 : 200;
  }
  const { status, severity }: ScanSummary = scan.value;
  if (status !== 'finished') {
    return 100;
  }
  return severity ? severities.length - severities.indexOf(severity) : 0;
}

function worstScan(one: ImageEvidence, other: ImageEvidence): ImageEvidence {
  return rankOf(other.scan) > rankOf(one.scan) ? other : one;
}

/** Kinds that all are signed with. */
function common(
  one: Told<string[]> | undefined,
  other: Told<string[]> | undefined,
): Told<string[]> | undefined {
  if (one?.state !== 'told' || other?.state !== 'told') {
    return one?.state === 'told' ? other : one;
  }
  const value = one.value.filter(kind => other.value.includes(kind));
  return { state: 'told', value };
}
