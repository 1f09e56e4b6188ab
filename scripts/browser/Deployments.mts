import { setTimeout as sleep } from 'node:timers/promises';
import type { PortalCall } from '../start/signInTo.mts';

/** A container of a workload of the sandbox. */
export interface TargetName {
  namespace: string;
  kind: string;
  name: string;
  container: string;
}

/** What is read of a rollout. */
export interface RolloutState {
  id: string;
  sequence: number;
  state: string;
}

/** How long a rollout may take that has to fail first. */
const ROLLOUT_DEADLINE_MS = 60_000;
const finalStates = [
  'succeeded',
  'failed',
  'rolled-back',
  'superseded',
  'cancelled',
  'rejected',
];

/** How the portal names a target in its addresses. */
export function targetKey(target: TargetName): string {
  return ['sandbox', ...Object.values(target)].join('/');
}

/** Deploys of one component, by the REST routes. */
export class Deployments {
  readonly #call: PortalCall;
  readonly #entityRef: string;

  constructor(call: PortalCall, component: string) {
    this.#call = call;
    this.#entityRef = `component:default/${component}`;
  }

  /** Agrees that the portal manages the image of a target. */
  async consent(target: TargetName): Promise<void> {
    const key = encodeURIComponent(targetKey(target));
    await this.#call('POST', `/api/image-registry/targets/${key}/consent`, {
      entityRef: this.#entityRef,
    });
  }

  /** Deploys a tag and waits until its rollout has ended. */
  async deploy(
    target: TargetName,
    repository: string,
    tag: string,
    reason?: string,
  ): Promise<RolloutState> {
    const rollout = await this.#call<RolloutState>(
      'POST',
      '/api/image-registry/rollouts',
      {
        entityRef: this.#entityRef,
        target: { cluster: 'sandbox', ...target },
        image: { registryId: 'sandbox', repository, tag },
        reason,
      },
    );
    return this.untilEnded(rollout.id);
  }

  async untilEnded(id: string): Promise<RolloutState> {
    const deadline = Date.now() + ROLLOUT_DEADLINE_MS;
    for (;;) {
      const rollout = await this.#call<RolloutState>(
        'GET',
        `/api/image-registry/rollouts/${id}`,
      );
      if (finalStates.includes(rollout.state)) {
        return rollout;
      }
      if (Date.now() > deadline) {
        throw new Error(`Rollout ${id} is still ${rollout.state}`);
      }
      await sleep(200);
    }
  }
}
