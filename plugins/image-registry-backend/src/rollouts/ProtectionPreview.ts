import { stringifyEntityRef } from '@backstage/catalog-model';
import {
  CreateRollout,
  RolloutDiff,
  targetKey,
} from '@slipway/backstage-plugin-image-registry-common';
import { Actor, ownersOf } from '../access';
import {
  approversOf,
  asksRegistry,
  EvidenceReader,
  findingsOf,
  FreezeStore,
  NamedFinding,
  protectionReasons,
  Protections,
} from '../protection';
import { containersOf, DeployPlan } from './DeployPlanner';
import { GateStore } from './GateStore';

/** What {@link ProtectionPreview} is made of. */
export interface ProtectionPreviewOptions {
  evidenceReader: EvidenceReader;
  freezes: FreezeStore;
  gateStore: GateStore;
  protections: Protections;
}

type Checks = RolloutDiff['checks'];

/** Says what will be asked of a deploy, before it is asked for. */
export class ProtectionPreview {
  constructor(private readonly options: ProtectionPreviewOptions) {}

  async checks(
    actor: Actor,
    { target, emergency }: CreateRollout,
    plan: DeployPlan,
  ): Promise<Checks> {
    const findings = await this.#findings(target, plan);
    const open = findings.filter(({ state }) => state !== 'passed');
    if (emergency) {
      const skipped = open.map(({ name }) => name);
      const reason = protectionReasons.emergency(
        actor.ref,
        emergency.reason,
        skipped,
      );
      return [{ name: 'protection', ok: true, warning: true, reason }];
    }
    if (open.length === 0) {
      const reason = protectionReasons.nothingAsked();
      return [{ name: 'protection', ok: true, reason }];
    }
    return open.flatMap(({ state, reason }) =>
      reason
        ? {
            name: 'protection' as const,
            ok: state === 'waiting',
            ...(state === 'waiting' && { warning: true }),
            reason,
          }
        : [],
    );
  }

  async #findings(
    target: CreateRollout['target'],
    plan: DeployPlan,
  ): Promise<NamedFinding[]> {
    const { entity } = plan;
    const containers = containersOf(plan);
    const images = containers.map(({ image }) => image);
    const { evidenceReader, freezes, gateStore, protections } = this.options;
    const { demands, environment } = await protections.of({ target });
    const now = Date.now();
    const known = await gateStore.knownSince(
      containers.map(each => ({
        targetKey: targetKey(each.target),
        image: each.image,
      })),
    );
    return findingsOf({
      demands,
      environment: environment?.name ?? `${target.cluster}/${target.namespace}`,
      freezes: await freezes.of(stringifyEntityRef(entity)),
      approvers: demands.approval
        ? approversOf(demands.approval, ownersOf(entity))
        : [],
      evidence: asksRegistry(demands)
        ? await evidenceReader.readAll(images, demands, 'interactive')
        : undefined,
      knownSince: known ?? now,
      askedSince: now,
      now,
    });
  }
}
