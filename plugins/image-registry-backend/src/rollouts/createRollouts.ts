import { AuditorService, LoggerService } from '@backstage/backend-plugin-api';
import { ImageRegistrySignal } from '@slipway/backstage-plugin-image-registry-common';
import { Router } from 'express';
import { Knex } from 'knex';
import { Access } from '../access';
import { RegistryService } from '../registries';
import { Drivers, TargetsRoom } from '../targets';
import {
  createBlockedDigestGate,
  createHoldGate,
  createOrderGate,
  RolloutGate,
  RolloutPreflight,
} from './gates';
import { DeployPlanner } from './DeployPlanner';
import { RolloutAutomation } from './RolloutAutomation';
import { RolloutLeases } from './RolloutLeases';
import { RolloutQueue } from './RolloutQueue';
import { RolloutRunner } from './RolloutRunner';
import { RolloutService } from './RolloutService';
import { RolloutSteps } from './RolloutSteps';
import { RolloutStore } from './RolloutStore';
import { RolloutWorker } from './RolloutWorker';
import { createRolloutsRouter } from './router';

/** Options of {@link createRollouts}. */
export interface RolloutsOptions {
  knex: Knex;
  access: Access;
  auditor: AuditorService;
  drivers: Drivers;
  logger: LoggerService;
  registries: RegistryService;
  targets: TargetsRoom;
  publish(signal: ImageRegistrySignal): void;
}

/** The room of rollouts. */
export interface RolloutsRoom {
  router: Router;
  /** Where whoever decides something puts it. */
  queue: RolloutQueue;
  store: RolloutStore;
  /** Lets a room that enqueues have its say; before {@link RolloutsRoom.start}. */
  addAutomation(automation: RolloutAutomation): void;
  start(): void;
  /** Gives everything back; resolves when nothing is worked on any more. */
  stop(): Promise<void>;
}

/** Builds the room of rollouts: queue, gates, worker, history, holds. */
export function createRollouts(options: RolloutsOptions): RolloutsRoom {
  const { knex, targets, publish } = options;
  const steps = RolloutSteps.create({ knex });
  const store = RolloutStore.create({ knex, steps });
  const queue = RolloutQueue.create({
    rollouts: store,
    targets: targets.store,
    publish,
  });
  const shared = {
    ...options,
    queue,
    leases: RolloutLeases.create({ knex, rollouts: store, steps }),
    rollouts: store,
    steps,
    targets: targets.service,
    targetStore: targets.store,
  };
  const service = new RolloutService({
    ...shared,
    planner: new DeployPlanner(shared),
  });
  const gates: RolloutGate[] = [
    createOrderGate(store),
    createHoldGate(targets.store),
    createBlockedDigestGate(targets.store),
  ];
  const preflights: RolloutPreflight[] = [];
  const automations: RolloutAutomation[] = [];
  const runner = new RolloutRunner({ ...shared, gates, preflights });
  const worker = new RolloutWorker({ ...shared, runner });
  annotateTargets(targets, store);

  return {
    router: createRolloutsRouter({
      ...shared,
      service,
      async onLift(trx, targetKey) {
        for (const automation of automations) {
          await automation.onLift(trx, targetKey);
        }
      },
      async onResume(targetKey) {
        for (const automation of automations) {
          await automation.onResume(targetKey);
        }
      },
    }),
    queue,
    store,
    addAutomation(automation) {
      automations.push(automation);
      gates.push((trx, rollout, target) =>
        automation.gate(trx, rollout, target),
      );
      preflights.push((rollout, entity) =>
        automation.preflight(rollout, entity),
      );
      service.addManualDeployHook((trx, rollout) =>
        automation.onManualDeploy(trx, rollout),
      );
    },
    start: () => worker.start(),
    stop: () => worker.stop(),
  };
}

/** Tells of each target what is under way there and when it last succeeded. */
function annotateTargets(targets: TargetsRoom, store: RolloutStore): void {
  targets.service.addAnnotator(async keys => {
    const [open, successes] = await Promise.all([
      store.open(keys),
      store.lastSuccesses(keys),
    ]);
    return new Map(
      keys.map(key => [
        key,
        {
          activeRolloutId: open.find(rollout => rollout.targetKey === key)?.id,
          deployedAt: successes.get(key)?.finishedAt,
        },
      ]),
    );
  });
}
