import {
  evaluateRule,
  PolicyPreview,
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
}

/** What a rule would choose, by the code that decides in the backend, too. */
export function evaluateHere(
  rule: TagRule,
  fetched: FetchedTags,
): PolicyPreview {
  const evaluation = evaluateRule(rule, fetched.candidates, fetched);
  return {
    selected: evaluation.selected?.tag,
    blocked: evaluation.blocked,
    open: evaluation.open,
    candidates: evaluation.newestFirst(fetched.candidates.length),
    totalItems: fetched.candidates.length,
    complete: evaluation.complete,
    incompleteReason: fetched.reason,
  };
}
