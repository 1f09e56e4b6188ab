import {
  AuditorService,
  LoggerService,
  SchedulerService,
} from '@backstage/backend-plugin-api';
import { ImageRegistrySignal } from '@slipway/backstage-plugin-image-registry-common';
import { Router } from 'express';
import PromiseRouter from 'express-promise-router';
import { Knex } from 'knex';
import { Access } from '../access';
import { ProtectionRoom } from '../protection';
import { RegistryService } from '../registries';
import { Drivers, TargetsRoom, TargetStore } from '../targets';
import { Approvals } from './Approvals';
import { createApprovalsRouter } from './approvalsRouter';
import { ApprovalStore } from './ApprovalStore';
import { Deadlines } from './Deadlines';
import {
  createEvidenceRouter,
  EvidenceKeeper,
  EvidenceStore,
} from './evidence';
import {
  createBlockedDigestGate,
  createHoldGate,
  createOrderGate,
  createTurnGate,
  RolloutPreflight,
  RolloutReview,
} from './gates';
import { GateKeeper, GateKeeperOptions } from './GateKeeper';
import { GateStore, WaitingFilter } from './GateStore';
import { HealthStore } from './health';
import { ProtectionAdmission } from './ProtectionAdmission';
import { ProtectionPreflight } from './ProtectionPreflight';
import { ProtectionPreview } from './ProtectionPreview';
import { PlaceChecks } from './checks';
import { DeployPlanner } from './DeployPlanner';
import { DeployPreviewer } from './DeployPreviewer';
import { createReturnsRouter, GoodImages, ManualReturns } from './return';
import { targetKeysOf } from './others';
import { ManualDeployHook, RolloutAutomation } from './RolloutAutomation';
import { RolloutLeases } from './RolloutLeases';
import { RolloutQueue } from './RolloutQueue';
import { RolloutRunner } from './RolloutRunner';
import { RolloutService } from './RolloutService';
import { RolloutSteps } from './RolloutSteps';
import { RolloutStore } from './RolloutStore';
import { RolloutWorker } from './RolloutWorker';
import { WriteAttempts } from './WriteAttempts';
import { createRolloutsRouter } from './router';
import { StoredRollout } from './StoredRollout';

/** Options of {@link createRollouts}. */
export interface RolloutsOptions {
  knex: Knex;
  access: Access;
  auditor: AuditorService;
  drivers: Drivers;
  logger: LoggerService;
  protection: ProtectionRoom;
  registries: RegistryService;
  scheduler: SchedulerService;
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
  /** Something was said of an image: what waits for that is looked at. */
  imageHeardOf(image: { registryId: string; repository: string }): void;
  start(): Promise<void>;
  /** Gives everything back; resolves when nothing is worked on any more. */
  stop(): Promise<void>;
}

/** Builds the room of rollouts: queue, gates, worker, history, holds. */
export function createRollouts(options: RolloutsOptions): RolloutsRoom {
  const { logger, protection, scheduler, targets } = options;
  const { protections } = protection;
  const parts = createParts(options);
  const { gateKeeper, gateStore, queue, rollouts } = parts;
  const service = new RolloutService({
    ...parts,
    notices: protection.notices,
    planner: new DeployPlanner(parts),
    previewer: new DeployPreviewer({
      ...parts,
      places: new PlaceChecks(parts),
      protection: new ProtectionPreview(parts),
    }),
  });
  const preflights: RolloutPreflight[] = [];
  const reviews: RolloutReview[] = [];
  const automations: RolloutAutomation[] = [];
  const onDeployed: ManualDeployHook = async (trx, rollout) => {
    for (const automation of automations) {
      await automation.onDeployed(trx, rollout);
    }
  };
  const runner = new RolloutRunner({
    ...parts,
    preflights,
    reviews,
    onDeployed,
    protection: new ProtectionPreflight(parts),
  });
  const worker = new RolloutWorker({ ...parts, runner });
  const resuming = {
    async onLift(trx: Knex.Transaction, targetKey: string) {
      for (const automation of automations) {
        await automation.onLift(trx, targetKey);
      }
    },
    async onResume(targetKey: string) {
      for (const automation of automations) {
        await automation.onResume(targetKey);
      }
    },
  };
  const deadlines = new Deadlines({ ...parts, ...resuming });
  annotateTargets(targets, rollouts);
  const lookAgain = async (waiting: WaitingFilter) => {
    await gateStore.makeDue(waiting);
    queue.wake();
  };
  protection.freezes.onEnd(entityRef => lookAgain({ entityRef }));
  targets.onProtectionChange(() => lookAgain({}));
  queue.onAsked(rollout => tellApprovers(protection, rollout));

  return {
    router: PromiseRouter().use(
      createRolloutsRouter({ ...parts, ...resuming, service }),
      createApprovalsRouter({ ...parts, approvals: new Approvals(parts) }),
      createEvidenceRouter(parts),
      createReturnsRouter(parts),
    ),
    queue,
    store: rollouts,
    addAutomation(automation) {
      automations.push(automation);
      protections.setPolicyDemands((policyId, trx) =>
        automation.demandsOf(policyId, trx),
      );
      gateKeeper.addGate((trx, rollout, target) =>
        automation.gate(trx, rollout, target),
      );
      preflights.push((rollout, entity) =>
        automation.preflight(rollout, entity),
      );
      reviews.push((rollout, found) => automation.review(rollout, found));
      service.addManualDeployHook((trx, rollout) =>
        automation.onManualDeploy(trx, rollout),
      );
    },
    imageHeardOf(image) {
      protection.imageNews
        .add(image)
        .then(() => lookAgain(image))
        .catch(error =>
          logger.warn(`What waits for ${image.repository}: ${error}`),
        );
    },
    async start() {
      worker.start();
      await scheduler.scheduleTask({
        id: 'image-registry-end-what-has-its-time',
        scope: 'global',
        frequency: { seconds: 15 },
        timeout: { minutes: 5 },
        fn: () => deadlines.run(),
      });
    },
    stop: () => worker.stop(),
  };
}

/** The stores of the room and what is made of nothing else. */
function createParts(options: RolloutsOptions) {
  const { knex, protection, publish, targets } = options;
  const steps = RolloutSteps.create({ knex });
  const rollouts = RolloutStore.create({ knex, steps });
  const gateStore = GateStore.create({ knex });
  const queue = RolloutQueue.create({
    rollouts,
    targets: targets.store,
    publish,
  });
  const gateKeeper = createGateKeeper({
    ...protection,
    gateStore,
    rollouts,
    targetStore: targets.store,
  });
  const goodImages = new GoodImages(options);
  const targetStore = targets.store;
  const parts = {
    ...options,
    ...protection,
    attempts: new WriteAttempts({ knex, rollouts, targetStore }),
    approvals: ApprovalStore.create({ knex }),
    evidenceKeeper: new EvidenceKeeper(options),
    evidenceStore: EvidenceStore.create({ knex }),
    goodImages,
    health: HealthStore.create({ knex, steps }),
    gateKeeper,
    gateStore,
    leases: RolloutLeases.create({ knex, rollouts, steps }),
    queue,
    returns: new ManualReturns({ ...options, goodImages }),
    rollouts,
    steps,
    targets: targets.service,
    targetStore,
  };
  queue.setAdmission(new ProtectionAdmission(parts));
  return parts;
}

/** All gates of the room, in the order in which they are told. */
export function createGateKeeper(
  options: Omit<GateKeeperOptions, 'gates' | 'turnGates'> & {
    rollouts: RolloutStore;
    targetStore: TargetStore;
  },
): GateKeeper {
  const { rollouts, targetStore } = options;
  return new GateKeeper({
    ...options,
    gates: [
      createOrderGate(rollouts),
      createHoldGate(targetStore),
      createBlockedDigestGate(targetStore),
    ],
    turnGates: [createTurnGate(rollouts)],
  });
}

function tellApprovers(
  { notices }: ProtectionRoom,
  rollout: StoredRollout,
): void {
  const { approval, id } = rollout;
  if (approval) {
    const { approvers, notBy } = approval;
    void notices.approvalAsked(rollout, approvers, notBy, id);
  }
}

/** Tells of each target what is under way there and when it last succeeded. */
function annotateTargets(targets: TargetsRoom, store: RolloutStore): void {
  targets.memory.addRecaller(entityRef => store.targetsOf(entityRef));
  targets.service.addAnnotator(async keys => {
    const [open, successes] = await Promise.all([
      store.open(keys),
      store.lastSuccesses(keys),
    ]);
    return new Map(
      keys.map(key => [
        key,
        {
          activeRolloutId: open.find(rollout =>
            targetKeysOf(rollout).includes(key),
          )?.id,
          deployedAt: successes.get(key)?.finishedAt,
        },
      ]),
    );
  });
}
