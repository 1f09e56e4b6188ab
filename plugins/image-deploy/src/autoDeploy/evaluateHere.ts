import {
  evaluateRuleInTurns,
  PolicyPreview,
  Reason,
  TagCandidate,
  TagRule,
} from '@slipway/backstage-plugin-image-registry-common';

/** The tags of a repository as they were read for the preview. */
export interface FetchedTags {
  candidates: TagCandidate[];
  /** False: the registry did not tell all. */
  complete: boolean;
  /** Why it is not complete. */
  reason?: string;
  /** The same, for translation. */
  because?: Reason;
}

/** Tags shown of the accepted, and of the rejected. */
export const SHOWN_VERDICTS = 50;

/** A preview with no more verdicts than are shown. */
export interface LocalPreview extends PolicyPreview {
  /** How many tags the rule takes. */
  accepted: number;
}

/**
 * What a rule would choose, by the code that decides in the backend, too.
 * @param pause - gives way to the page between two turns
 * @throws what `pause` rejects with
 */
export async function evaluateHere(
  rule: TagRule,
  fetched: FetchedTags,
  pause: () => Promise<void>,
): Promise<LocalPreview> {
  const evaluation = await evaluateRuleInTurns(
    rule,
    fetched.candidates,
    fetched,
    pause,
  );
  return {
    selected: evaluation.selected?.tag,
    blocked: evaluation.blocked,
    open: evaluation.open,
    candidates: evaluation.newestFirst(2 * SHOWN_VERDICTS, SHOWN_VERDICTS),
    accepted: evaluation.acceptedCount,
    totalItems: fetched.candidates.length,
    complete: evaluation.complete,
    incompleteReason: fetched.reason,
    incompleteBecause: fetched.because,
  };
}
