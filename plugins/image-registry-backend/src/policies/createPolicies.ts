import {
  AuditorService,
  LoggerService,
  RootConfigService,
  SchedulerService,
} from '@backstage/backend-plugin-api';
import {
  Decision,
  ImageRegistrySignal,
  TargetRef,
} from '@slipway/backstage-plugin-image-registry-common';
import { Router } from 'express';
import { Knex } from 'knex';
import { Access } from '../access';
import { EventQueue } from '../inbox';
import { Metrics } from '../metrics';
import { Notices } from '../protection';
import { AuthorizedRegistries, RegistryService } from '../registries';
import { OutsideChanges, RolloutAutomation, RolloutsRoom } from '../rollouts';
import { TargetsRoom } from '../targets';
import { Authority } from './Authority';
import { Decider } from './Decider';
import { DecisionStore } from './DecisionStore';
import { Dispatcher } from './Dispatcher';
import { DriftWatch, RevertWatch, RunningImages } from './drift';
import { EventSettler } from './EventSettler';
import { GitOpsGuard } from './GitOpsGuard';
import { HeadFinder } from './HeadFinder';
import { LookSchedule } from './LookSchedule';
import { ObservedPushes } from './ObservedPushes';
import { PolicyAutomation } from './PolicyAutomation';
import { PolicyEvaluator } from './PolicyEvaluator';
import { PolicyLooks } from './PolicyLooks';
import { PolicyService } from './PolicyService';
import { PolicyStore } from './PolicyStore';
import { createPoller } from './poll';
import { PolicyPreviewer, TagHistories } from './preview';
import { RepositoryListings } from './RepositoryListings';
import { createPoliciesRouter } from './router';
import { TagBaseline } from './TagBaseline';
import { TagStore } from './TagStore';
import { ToldPushes } from './ToldPushes';

/** Options of {@link createPolicies}. */
export interface PoliciesOptions {
  knex: Knex;
  access: Access;
  auditor: AuditorService;
  authorized: AuthorizedRegistries;
  config: RootConfigService;
  events: EventQueue;
  logger: LoggerService;
  metrics: Pick<Metrics, 'decided' | 'polled' | 'settled'>;
  /** Tells people what policies that only tell would deploy. */
  notices?: Pick<Notices, 'wouldDeploy'>;
  registries: RegistryService;
  rollouts: RolloutsRoom;
  scheduler: SchedulerService;
  targets: TargetsRoom;
  publish(signal: ImageRegistrySignal): void;
}

/** The room of auto-build policies. */
export interface PoliciesRoom {
  router: Router;
  /** What the policies have to say about rollouts. */
  automation: RolloutAutomation;
  /** What the policies decided on events. */
  decisionsOf(eventIds: string[]): Promise<Decision[]>;
  start(): Promise<void>;
  /** Resolves when no event is worked on any more. */
  stop(): Promise<void>;
}

/** Builds the room of policies: what is saved, and what it says to a push. */
export function createPolicies(options: PoliciesOptions): PoliciesRoom {
  const { knex, access, registries, rollouts, targets } = options;
  const policies = PolicyStore.create({ knex });
  const decisions = DecisionStore.create({ knex });
  const shared = {
    ...options,
    authority: new Authority(access, registries),
    decisions,
    notices: options.notices ?? { wouldDeploy: async () => {} },
    listings: RepositoryListings.create({ knex }),
    policies,
    schedule: LookSchedule.create({ knex }),
    tags: TagStore.create({ knex }),
    queue: rollouts.queue,
    rollouts: rollouts.store,
    environments: targets.environments,
    targets: targets.service,
    targetStore: targets.store,
  };
  const decider = new Decider(shared);
  const baseline = new TagBaseline({ ...shared, decider });
  const pushes = new ObservedPushes(shared.tags);
  const heads = new HeadFinder({ ...shared, baseline, pushes });
  const evaluator = new PolicyEvaluator({ ...shared, decider, heads });
  const looks = new PolicyLooks({ ...shared, evaluator });
  const toldPushes = new ToldPushes({ ...shared, decider });
  const dispatcher = new Dispatcher({
    ...shared,
    settler: new EventSettler({ ...shared, decider, toldPushes }),
  });
  const changes = OutsideChanges.create({ knex });
  const gitOps = new GitOpsGuard({ ...shared, looks });
  const drift = new DriftWatch({
    ...shared,
    changes,
    gitOps,
    images: new RunningImages(registries),
    looks,
  });
  const reverts = new RevertWatch({ ...shared, changes, drift });
  targets.service.onConsent(key => gitOps.consented(key));
  const poller = createPoller({
    ...shared,
    decider,
    looks,
    onEnd: ({ outcome }) => options.metrics.polled(outcome),
  });
  annotateTargets(targets, policies);
  tellUsages(registries, policies);

  return {
    router: createPoliciesRouter({
      ...shared,
      previewer: new PolicyPreviewer({
        ...shared,
        histories: TagHistories.create({ knex }),
      }),
      service: new PolicyService({ ...shared, drift, looks }),
    }),
    automation: new PolicyAutomation({ ...shared, drift, gitOps, looks }),
    decisionsOf: eventIds => decisions.ofEvents(eventIds),
    async start() {
      dispatcher.start();
      await options.scheduler.scheduleTask({
        id: 'image-registry-read-listings-again',
        scope: 'global',
        frequency: { minutes: 1 },
        timeout: { minutes: 10 },
        fn: signal => looks.atBlocked(signal),
      });
      await options.scheduler.scheduleTask({
        id: 'image-registry-drift',
        scope: 'global',
        frequency: { minutes: 5 },
        initialDelay: { minutes: 1 },
        timeout: { minutes: 10 },
        fn: signal => drift.lookAtAll(signal),
      });
      await options.scheduler.scheduleTask({
        id: 'image-registry-reverts',
        scope: 'global',
        frequency: { minutes: 1 },
        timeout: { minutes: 5 },
        fn: signal => reverts.run(signal),
      });
      await poller.start();
    },
    stop: () => dispatcher.stop(),
  };
}

/** Tells of each target which policy deploys to it. */
function annotateTargets(targets: TargetsRoom, policies: PolicyStore): void {
  targets.memory.addRecaller(async entityRef =>
    (await policies.ofComponent(entityRef)).map(({ target }) => target),
  );
  targets.service.addAnnotator(async keys => {
    const listening = await policies.ofTargets(keys);
    return new Map(
      listening.map(({ targetKey, id }) => [targetKey, { policyId: id }]),
    );
  });
}

/** Tells of each registry which policies take their images from it. */
function tellUsages(registries: RegistryService, policies: PolicyStore): void {
  registries.addUsageSource(async registryId => {
    const using = await policies.ofRegistry(registryId);
    return using.map(policy => ({
      kind: 'policy',
      id: policy.id,
      entityRef: policy.entityRef,
      title: describeTarget(policy.target),
    }));
  });
}

/** Which target a policy deploys to, for its usages. */
function describeTarget(target: TargetRef): string {
  return `${target.kind} ${target.namespace}/${target.name} in ${target.cluster}`;
}
