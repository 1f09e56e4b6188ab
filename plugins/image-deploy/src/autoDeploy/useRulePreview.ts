import {
  ImageRepository,
  PolicyPreview,
  Target,
  TagRule,
} from '@slipway/backstage-plugin-image-registry-common';
import {
  useDebounced,
  useImageRegistryQuery,
} from '@slipway/backstage-plugin-image-registry-react';
import { PastOfRule } from './deploysByDay';
import { evaluateHere } from './evaluateHere';
import { useComputed } from './useComputed';
import { usePastOfRule } from './usePastOfRule';
import { useReadTags } from './useReadTags';

/** Pause in typing after which the backend is asked, in ms. */
const TYPING_PAUSE = 400;

/** How far the tags are read. */
export interface ReadingProgress {
  read: number;
  total: number;
}

/** What a rule would choose, where the answer is known. */
export interface RulePreviewState {
  preview?: PolicyPreview;
  /** How many tags the rule takes, where the verdicts are not all. */
  accepted?: number;
  /** While tags are still read: the preview is of those read so far. */
  reading?: ReadingProgress;
  /** What it would have deployed lately; absent while it is not known. */
  past?: PastOfRule;
  loading: boolean;
  error?: Error;
  refetch(): void;
}

/**
 * What a rule would choose among the real tags: evaluated here with every
 * keystroke by the code that decides in the backend, too; while they are read
 * among those that are there, and by the backend where they are too many.
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
  const tags = useReadTags(entityRef, image);
  const read = tags.value;
  const tooMany = read?.tooMany === true;

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
    { enabled: image !== undefined && settled !== undefined && tooMany },
  );
  const answered =
    settled === JSON.stringify(rule) && !remote.loading
      ? remote.value
      : undefined;

  const local = useComputed(
    read && !tooMany && rule
      ? pause => evaluateHere(rule, read, pause)
      : undefined,
    [read, rule],
  );
  const preview = tooMany ? answered : local.value;
  const error = tags.error ?? (tooMany ? remote.error : local.error);
  return {
    preview,
    accepted: tooMany ? undefined : local.value?.accepted,
    reading:
      read && !read.ended
        ? { read: read.candidates.length, total: read.total }
        : undefined,
    past: usePastOfRule(entityRef, image, rule),
    loading: image !== undefined && rule !== undefined && !preview && !error,
    error,
    refetch: () => {
      tags.refetch();
      remote.refetch();
    },
  };
}
