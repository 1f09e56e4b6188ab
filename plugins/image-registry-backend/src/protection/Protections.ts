import {
  Environment,
  TargetRef,
} from '@slipway/backstage-plugin-image-registry-common';
import { Knex } from 'knex';
import { environmentOf, EnvironmentStore } from '../targets';
import { Demands, PolicyDemands, strictestOf } from './strictest';

/** What holds at a target, and where that is. */
export interface HeldTo {
  demands: Demands;
  environment?: Environment;
}

/** What a policy asks of its rollouts; undefined when it is gone. */
export type PolicyDemandsSource = (
  policyId: string,
  trx?: Knex.Transaction,
) => Promise<PolicyDemands | undefined>;

/** What environments and policies ask of rollouts. */
export class Protections {
  #policyDemands: PolicyDemandsSource = async () => undefined;

  constructor(private readonly environments: EnvironmentStore) {}

  /** Who knows of policies; before anything is deployed. */
  setPolicyDemands(source: PolicyDemandsSource): void {
    this.#policyDemands = source;
  }

  async environmentOf(
    target: TargetRef,
    trx?: Knex.Transaction,
  ): Promise<Environment | undefined> {
    return environmentOf(await this.environments.list(trx), target);
  }

  /** @param trx - of a larger step; what is read belongs to it */
  async of(
    rollout: { target: TargetRef; policyId?: string },
    trx?: Knex.Transaction,
  ): Promise<HeldTo> {
    const { target, policyId } = rollout;
    const environment = await this.environmentOf(target, trx);
    const policy = policyId
      ? await this.#policyDemands(policyId, trx)
      : undefined;
    return {
      demands: strictestOf(environment?.protection, policy),
      environment,
    };
  }
}
