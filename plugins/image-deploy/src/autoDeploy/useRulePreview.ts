import { useMemo } from 'react';
import {
  ImageRepository,
  PolicyPreview,
  replayHistory,
  Target,
  TagCandidate,
  TagRule,
} from '@slipway/backstage-plugin-image-registry-common';
import {
  useDebounced,
  useImageRegistryQuery,
} from '@slipway/backstage-plugin-image-registry-react';
import { PastOfRule } from './deploysByDay';
import { evaluateHere, FetchedTags } from './evaluateHere';

/**
 * The most tags that are fetched to be evaluated with every keystroke: some
 * 50 000 take less than 50 ms.
 */
const MOST_TAGS = 60_000;
/** The most that the backend gives at once. */
const PAGE_SIZE = 500;
/** Pause in typing after which the backend is asked, in ms. */
const TYPING_PAUSE = 400;

/** What a rule would choose, where the answer is known. */
export interface RulePreviewState {
  preview?: PolicyPreview;
  /** How many tags the rule takes, where the verdicts are not all. */
  accepted?: number;
  /** What it would have deployed lately; absent while it is not known. */
  past?: PastOfRule;
  loading: boolean;
  error?: Error;
  refetch(): void;
}

interface Fetched extends FetchedTags {
  /** False: there are more than are worth fetching. */
  whole: boolean;
}

/**
 * What a rule would choose among the real tags: evaluated here with every
 * keystroke by the code that decides in the backend, too; by the backend until
 * all tags are here, and where there are too many to fetch.
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

  const here = fetched?.whole || tags.error !== undefined;

  const settled = useDebounced(JSON.stringify(rule), TYPING_PAUSE);
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
    { enabled: image !== undefined && settled !== undefined && !here },
  );
  const answered =
    settled === JSON.stringify(rule) && !remote.loading
      ? remote.value
      : undefined;

  const local = useMemo(
    () => (fetched?.whole && rule ? evaluateHere(rule, fetched) : undefined),
    [fetched, rule],
  );
  return {
    preview: here ? local : answered,
    accepted: here ? local?.accepted : undefined,
    past: usePast(entityRef, image, rule),
    loading:
      image !== undefined &&
      rule !== undefined &&
      !here &&
      !answered &&
      !remote.error,
    error: here ? tags.error : remote.error,
    refetch: () => {
      tags.refetch();
      remote.refetch();
    },
  };
}

/** What a rule would have deployed lately, replayed with every keystroke. */
function usePast(
  entityRef: string,
  image: ImageRepository | undefined,
  rule: TagRule | undefined,
): PastOfRule | undefined {
  const { value: history } = useImageRegistryQuery(
    (api, signal) =>
      api.getTagHistory(
        {
          entityRef,
          registryId: image!.registryId,
          repository: image!.repository,
        },
        { signal },
      ),
    [entityRef, image?.registryId, image?.repository],
    { enabled: image !== undefined },
  );
  return useMemo(() => {
    const deploys = history && rule && replayHistory(rule, history);
    return (
      deploys && {
        from: history.from,
        to: history.to,
        changes: history.changes.length,
        deploys,
      }
    );
  }, [history, rule]);
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
