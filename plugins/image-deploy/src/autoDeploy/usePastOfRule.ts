import {
  ImageRepository,
  replayHistory,
  TagRule,
} from '@slipway/backstage-plugin-image-registry-common';
import { useImageRegistryQuery } from '@slipway/backstage-plugin-image-registry-react';
import { PastOfRule } from './deploysByDay';
import { useComputed } from './useComputed';

/** What a rule would have deployed lately, replayed with every keystroke. */
export function usePastOfRule(
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
  const { value } = useComputed(
    history &&
      rule &&
      (async pause => {
        await pause();
        const deploys = replayHistory(rule, history);
        return (
          deploys && {
            from: history.from,
            to: history.to,
            changes: history.changes.length,
            deploys,
          }
        );
      }),
    [history, rule],
  );
  return value;
}
