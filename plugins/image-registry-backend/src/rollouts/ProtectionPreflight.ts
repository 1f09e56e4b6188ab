import { Entity } from '@backstage/catalog-model';
import { ownersOf } from '../access';
import {
  approversOf,
  asksRegistry,
  Demands,
  EvidenceReader,
  ImageEvidence,
  ImageNews,
  Protections,
} from '../protection';
import { TargetStore } from '../targets';
import { ApprovalStore, hasSameApprovers } from './ApprovalStore';
import { GateKeeper } from './GateKeeper';
import { GateStore } from './GateStore';
import { RolloutQueue } from './RolloutQueue';
import { RolloutStore } from './RolloutStore';
import { ApprovalQuestion, StoredRollout } from './StoredRollout';

/** What {@link ProtectionPreflight} is made of. */
export interface ProtectionPreflightOptions {
  approvals: ApprovalStore;
  evidenceReader: EvidenceReader;
  gateKeeper: GateKeeper;
  gateStore: GateStore;
  imageNews: ImageNews;
  protections: Protections;
  queue: RolloutQueue;
  rollouts: RolloutStore;
  targetStore: TargetStore;
}

/**
 * Looks up what the gates of protection need and no transaction may wait for:
 * what the registry says of the image, and who owns the component.
 */
export class ProtectionPreflight {
  constructor(private readonly options: ProtectionPreflightOptions) {}

  async prepare(rollout: StoredRollout, entity: Entity): Promise<void> {
    const { gateKeeper, protections } = this.options;
    if (await gateKeeper.exemptionOf(rollout)) {
      return;
    }
    const { demands } = await protections.of(rollout);
    if (demands.approval) {
      await this.#ask(rollout, demands.approval, ownersOf(entity));
    }
    if (asksRegistry(demands)) {
      await this.options.gateStore.setEvidence(
        rollout.id,
        await this.#read(rollout, demands),
      );
    }
  }

  async #read(
    { image, others = [] }: StoredRollout,
    demands: Demands,
  ): Promise<ImageEvidence> {
    const { evidenceReader, imageNews } = this.options;
    const { registryId, repository } = image;
    const news = registryId
      ? await imageNews.count({ registryId, repository })
      : undefined;
    const images = [image, ...others.map(other => other.image)];
    const told = await evidenceReader.readAll(images, demands, 'background');
    return news === undefined ? told : { ...told, news };
  }

  async #ask(
    rollout: StoredRollout,
    rule: NonNullable<Demands['approval']>,
    owners: string[],
  ): Promise<void> {
    const question: ApprovalQuestion = {
      required: rule.count,
      approvers: approversOf(rule, owners),
      notBy: rollout.author,
    };
    if (rollout.approval && isSame(rollout.approval, question)) {
      return;
    }
    const { approvals, queue, rollouts, targetStore } = this.options;
    const { id, targetKey } = rollout;
    const asked = await rollouts.transaction(async trx => {
      await targetStore.lock(trx, targetKey);
      await approvals.ask(trx, id, question, rule.deadlineMs);
      return rollouts.get(id, trx);
    });
    if (!rollout.approval) {
      queue.asked(asked);
    }
  }
}

function isSame(before: ApprovalQuestion, now: ApprovalQuestion): boolean {
  return (
    before.required === now.required &&
    before.notBy === now.notBy &&
    hasSameApprovers(before, now)
  );
}
