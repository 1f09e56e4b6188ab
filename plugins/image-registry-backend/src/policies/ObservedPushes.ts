import {
  CompiledRule,
  TagCandidate,
} from '@slipway/backstage-plugin-image-registry-common';
import { StoredPolicy } from './PolicyStore';
import { RunningImage } from './RunningImage';
import { HeardPush, TagStore } from './TagStore';

/**
 * When tags were pushed of which no listing tells that, as far as the portal
 * heard of it since a policy was saved. What was pushed before that may be
 * older than what runs.
 */
export class ObservedPushes {
  constructor(private readonly tags: TagStore) {}

  /**
   * The same candidates with the push times that were heard of, where newer
   * means pushed later.
   *
   * @param running - nothing counts as pushed that was heard of before what
   * runs was seen first, when the push of that was not heard of itself
   */
  async complete(
    policy: StoredPolicy,
    rule: CompiledRule,
    candidates: TagCandidate[],
    running: RunningImage,
  ): Promise<TagCandidate[]> {
    const isTold = rule.ordered || rule.time === 'created';
    if (isTold || candidates.every(({ pushedAt }) => pushedAt)) {
      return candidates;
    }
    const heard = await this.#heard(policy, rule, running);
    return heard.size === 0
      ? candidates
      : candidates.map(candidate => ({
          ...candidate,
          pushedAt: candidate.pushedAt ?? heard.get(candidate.tag)?.pushedAt,
        }));
  }

  async #heard(
    { image, updatedAt, head }: StoredPolicy,
    rule: CompiledRule,
    { repository, tag }: RunningImage,
  ): Promise<ReadonlyMap<string, HeardPush>> {
    const { tags } = this;
    const pushes = await tags.pushesSince(image, updatedAt);
    // It was chosen before the policy was saved again with the same rule.
    if (head?.pushedAt && !pushes.has(head.tag)) {
      const { pushedAt } = head;
      pushes.set(head.tag, { pushedAt, heardAt: pushedAt });
    }
    const runs =
      tag !== undefined &&
      repository === image.repository &&
      rule.test(tag).accepted &&
      !pushes.has(tag);
    const seenAt = runs ? await tags.seenAt(image, tag) : undefined;
    if (seenAt === undefined) {
      return pushes;
    }
    return new Map(
      [...pushes].filter(
        ([, { heardAt }]) => Date.parse(heardAt) > Date.parse(seenAt),
      ),
    );
  }
}
