import { useMemo } from 'react';
import {
  evaluateRule,
  ImageRepository,
  PolicyPreview,
  Target,
  TagCandidate,
  TagRule,
} from '@slipway/backstage-plugin-image-registry-common';
import {
  useDebounced,
  useImageRegistryQuery,
} from '@slipway/backstage-plugin-image-registry-react';

/** The most tags that are fetched to be evaluated with every keystroke. */
const MOST_TAGS = 5000;
/** The most that the backend gives at once. */
const PAGE_SIZE = 500;
/** Pause in typing after which the backend is asked, in ms. */
const TYPING_PAUSE = 400;

/** What a rule would choose, where the answer is known. */
export interface RulePreviewState {
  preview?: PolicyPreview;
  loading: boolean;
  error?: Error;
  refetch(): void;
}

interface Fetched {
  candidates: TagCandidate[];
  complete: boolean;
  reason?: string;
  /** False: there are more than are worth fetching. */
  whole: boolean;
}

/**
 * What a rule would choose among the real tags: evaluated here with every
 * keystroke by the code that decides in the backend, too; by the backend where
 * a repository has too many tags to fetch.
 *
 * @param rule - absent while it cannot be read
 */
export function useRulePreview(options: {
  entityRef: string;
  target: Target;
  image: ImageRepository | undefined;
  rule: TagRule | undefined;
}): RulePreviewState {
  const { entityRef, target, image, rule } = options;
  const tags = useImageRegistryQuery(
    (api, signal) =>
      readTags(cursor =>
        api.listTags(
          image!.registryId,
          {
            repository: image!.repository,
            entityRef,
            limit: PAGE_SIZE,
            cursor,
          },
          { signal },
        ),
      ),
    [entityRef, image?.registryId, image?.repository],
    { enabled: image !== undefined },
  );
  const fetched = tags.loading ? undefined : tags.value;

  const settled = useDebounced(JSON.stringify(rule), TYPING_PAUSE);
  const tooMany = fetched !== undefined && !fetched.whole;
  const remote = useImageRegistryQuery(
    (api, signal) =>
      api.previewPolicy(
        {
          entityRef,
          target: target.ref,
          image: image!,
          rule: JSON.parse(settled!),
        },
        { signal },
      ),
    [entityRef, target.key, image?.registryId, image?.repository, settled],
    { enabled: tooMany && image !== undefined && settled !== undefined },
  );

  const local = useMemo(
    () => (fetched?.whole && rule ? evaluateHere(rule, fetched) : undefined),
    [fetched, rule],
  );
  if (tooMany) {
    return {
      preview: rule && !remote.loading ? remote.value : undefined,
      loading: remote.loading && rule !== undefined,
      error: remote.error,
      refetch: remote.refetch,
    };
  }
  return {
    preview: local,
    loading: image !== undefined && tags.loading,
    error: tags.error,
    refetch: tags.refetch,
  };
}

async function readTags(
  readPage: (cursor: string | undefined) => Promise<{
    items: TagCandidate[];
    nextCursor?: string;
    complete: boolean;
    reason?: string;
  }>,
): Promise<Fetched> {
  const candidates: TagCandidate[] = [];
  let cursor: string | undefined;
  do {
    const page = await readPage(cursor);
    candidates.push(...page.items);
    cursor = page.nextCursor;
    if (!page.complete) {
      return { candidates, complete: false, reason: page.reason, whole: true };
    }
  } while (cursor !== undefined && candidates.length < MOST_TAGS);
  return { candidates, complete: true, whole: cursor === undefined };
}

function evaluateHere(rule: TagRule, fetched: Fetched): PolicyPreview {
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
