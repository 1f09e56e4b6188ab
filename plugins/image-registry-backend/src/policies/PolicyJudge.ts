import {
  comparePushedTag,
  Reason,
  TagCandidate,
} from '@slipway/backstage-plugin-image-registry-common';
import { Knex } from 'knex';
import { RolloutQueue, StoredRollout } from '../rollouts';
import { TargetStore } from '../targets';
import { ImageFacts } from './imageFacts';
import {
  ListeningPolicy,
  PolicyHead,
  PolicyStore,
  StoredPolicy,
} from './PolicyStore';
import { readRule } from './readRule';
import { isUnread, policyReasons } from './reasons';
import { TagChange } from './TagStore';

/** What one policy says of a change. */
export interface Verdict {
  outcome: 'accepted' | 'rejected' | 'blocked' | 'recorded';
  reason: Reason;
  /** Whether people are told what would have been deployed. */
  told?: boolean;
  /** What waited for something else and has ended. */
  withdrawn?: StoredRollout[];
}

/** What is known beside the change itself, asked before the transaction. */
export interface Knowledge {
  /** Why the policy may deploy nothing now. */
  objection?: Reason;
  /** What rules ask of images, by digest. */
  facts: ReadonlyMap<string, ImageFacts>;
}

/** A policy as it was before the transaction, and as it is in it. */
export interface AskedPolicy {
  prepared: ListeningPolicy;
  /** Undefined when it is gone or switched off. */
  current?: StoredPolicy;
}

/** What {@link PolicyJudge} is made of. */
export interface PolicyJudgeOptions {
  policies: PolicyStore;
  queue: RolloutQueue;
  targetStore: TargetStore;
}

/** Says what one policy makes of a change of a tag. */
export class PolicyJudge {
  constructor(private readonly options: PolicyJudgeOptions) {}

  /**
   * What one policy says; undefined when it was changed, switched off or
   * deleted since it was prepared: what changes it looks at the tags itself.
   */
  async judge(
    trx: Knex.Transaction,
    { prepared, current }: AskedPolicy,
    change: TagChange,
    { objection, facts }: Knowledge,
  ): Promise<Verdict | undefined> {
    const before = ifUnchanged(current, prepared);
    const first = before && againstHead(before, change, facts);
    if (first?.outcome !== 'accepted') {
      return first;
    }
    // Most policies of a repository are not concerned and lock nothing. Under
    // the lock nobody else changes the policy, its head, or the hold.
    await this.options.targetStore.lock(trx, prepared.targetKey);
    const policy = ifUnchanged(
      await this.options.policies.find(prepared.id, trx),
      prepared,
    );
    const verdict = policy && againstHead(policy, change, facts);
    return policy && verdict?.outcome === 'accepted'
      ? this.#judgeCandidate(trx, policy, change, {
          objection,
          why: verdict.reason,
        })
      : verdict;
  }

  /** A change that the rule takes and that is the newest, on a locked target. */
  async #judgeCandidate(
    trx: Knex.Transaction,
    policy: StoredPolicy,
    change: TagChange,
    opinion: { objection?: Reason; why: Reason },
  ): Promise<Verdict> {
    const { targetStore, policies, queue } = this.options;
    const { targetKey, blocked } = policy;
    if (blocked && isUnread(blocked)) {
      return { outcome: 'blocked', reason: blocked };
    }
    await policies.setHead(policy, { head: headOf(change), blocked }, trx);
    const objection = blocked ?? opinion.objection;
    if (objection) {
      return { outcome: 'blocked', reason: objection };
    }
    const hold = await targetStore.holdOf(trx, targetKey);
    if (hold) {
      const { tag } = change;
      return {
        outcome: 'recorded',
        reason: policyReasons.heldBack(tag, hold.author ?? '', hold.reason),
      };
    }
    const withdrawn = await queue.settleOn(trx, targetKey, change);
    if (withdrawn) {
      return {
        outcome: 'rejected',
        reason: policyReasons.alreadyDesired(change.tag, change.digest),
        withdrawn,
      };
    }
    if (await targetStore.isBlocked(trx, targetKey, change.digest)) {
      return {
        outcome: 'blocked',
        reason: policyReasons.digestFailedBefore(change.digest),
      };
    }
    return policy.mode === 'notify'
      ? {
          outcome: 'recorded',
          reason: policyReasons.wouldDeploy(change.tag, opinion.why),
          told: true,
        }
      : {
          outcome: 'accepted',
          reason: policyReasons.deploys(change.tag, opinion.why),
        };
  }
}

function ifUnchanged(
  now: StoredPolicy | undefined,
  { version }: ListeningPolicy,
): StoredPolicy | undefined {
  return now?.enabled && now.version === version ? now : undefined;
}

function headOf({ tag, digest, pushedAt }: TagChange): PolicyHead {
  return { tag, digest, pushedAt };
}

/** Codes of what would have had to be known of an image, and is not. */
const notKnown = ['push-created-unknown', 'push-head-created-unknown'];

/** The pushed tag against the rule and the best one so far. */
function againstHead(
  policy: StoredPolicy,
  change: TagChange,
  facts: Knowledge['facts'],
): Verdict {
  const { rule, objection } = readRule(policy.rule);
  if (!rule) {
    return { outcome: 'blocked', reason: objection };
  }
  const { head } = policy;
  const withFacts = (image: PolicyHead): TagCandidate => ({
    ...image,
    ...facts.get(image.digest ?? ''),
  });
  const verdict = comparePushedTag(
    rule,
    withFacts(headOf(change)),
    head && withFacts(head),
  );
  const { accepted, newer, open, reason } = verdict;
  if (open || notKnown.includes(reason.code)) {
    return { outcome: 'blocked', reason: open ?? reason };
  }
  const isHead = head?.tag === change.tag && head.digest === change.digest;
  return {
    outcome: accepted && (newer || isHead) ? 'accepted' : 'rejected',
    reason:
      accepted && isHead && !newer
        ? policyReasons.stillChosen(change.tag)
        : reason,
  };
}
