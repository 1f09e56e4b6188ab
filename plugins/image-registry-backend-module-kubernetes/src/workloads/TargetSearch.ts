import { Reason } from '@slipway/backstage-plugin-image-registry-common';
import {
  because,
  DriverError,
  DriverErrorCode,
  WorkloadQuery,
  WorkloadTarget,
} from '@slipway/backstage-plugin-image-registry-node';
import { ClusterClient, clusterFailure } from '../clusters';
import { isInstalled } from './isInstalled';
import { listAll } from './listAll';
import { PodObject, WorkloadObject } from './objects';
import { collectionPath } from './paths';
import { podsOf, podsOfNamespace } from './podsOf';
import { referencedDeployment, withReferenced } from './referenced';
import { toTargets } from './toTargets';
import { WorkloadType } from './WorkloadType';
import { workloadTypes } from './workloadTypes';

/** From so many workloads on, one listing of the namespace is cheaper. */
const MANY_WORKLOADS = 8;

/** Part of the deadline in which a cluster may say which kinds it has. */
const DISCOVERY_SHARE = 0.4;

/** A workload that was found, with its kind. */
export interface Found {
  type: WorkloadType;
  workload: WorkloadObject;
}

type WorkloadName = NonNullable<WorkloadQuery['workload']>;

/** After these errors nobody knows whether the cluster is there. */
const unansweredCodes: readonly DriverErrorCode[] = [
  'cluster-unreachable',
  'unauthenticated',
];

/**
 * The kinds to list. For one workload that is its own; and as a Rollout may
 * have its template from a Deployment, which is no target then, the Rollouts
 * for a Deployment, and the Deployments for a Rollout, which not every cluster
 * has: a cluster that answers nothing counts as out of reach.
 */
function questionsAbout(
  only: WorkloadName | undefined,
): Array<{ type: WorkloadType; fieldSelector?: string }> {
  const { Deployment, Rollout, ...others } = workloadTypes;
  if (only === undefined) {
    return Object.values(workloadTypes).map(type => ({ type }));
  }
  const fieldSelector = `metadata.name=${escaped(only.name)}`;
  switch (only.kind) {
    case 'Deployment':
      return [{ type: Deployment, fieldSelector }, { type: Rollout }];
    case 'Rollout':
      return [
        { type: Rollout, fieldSelector },
        { type: Deployment, fieldSelector },
      ];
    default:
      return [{ type: others[only.kind], fieldSelector }];
  }
}

/** A value within a field selector. */
function escaped(value: string): string {
  return value.replace(/[\\,=]/g, '\\$&');
}

/** One search in one cluster; gathers what went wrong on the way. */
export class TargetSearch {
  answered = false;
  late = false;
  /** Whether one workload is looked for. */
  private single = false;
  /** By their sentences: each is told once. */
  private readonly problems = new Map<string, Reason>();
  private readonly client: ClusterClient;
  private readonly signal: AbortSignal;
  private readonly deadline: AbortSignal;
  private readonly deadlineMs: number;

  constructor(
    client: ClusterClient,
    deadlineMs: number,
    signal: AbortSignal | undefined,
  ) {
    this.client = client;
    this.deadlineMs = deadlineMs;
    this.deadline = AbortSignal.timeout(deadlineMs);
    this.signal = signal
      ? AbortSignal.any([signal, this.deadline])
      : this.deadline;
  }

  get message(): string | undefined {
    return this.because?.message;
  }

  /** The same, for translation. */
  get because(): Reason | undefined {
    const [first, ...others] = this.problems.values();
    if (!others.length) {
      return first;
    }
    const detail = [...this.problems.keys()].join(' ');
    return because('cluster-says', detail, { detail });
  }

  /** @param only - the one workload that is looked for */
  async workloads(
    labelSelector: string,
    namespaces: Array<string | undefined>,
    only?: WorkloadName,
  ): Promise<Found[]> {
    this.single = only !== undefined;
    const questions = questionsAbout(only).map(
      async ({ type, fieldSelector }) => {
        if (!(await this.isInstalled(type))) {
          return [];
        }
        const query = { labelSelector, fieldSelector };
        const listings = namespaces.map(namespace =>
          this.orNothing(this.workloadsOf(type, query, namespace)),
        );
        return (await Promise.all(listings)).flat();
      },
    );
    const found = (await Promise.all(questions)).flat();
    return only ? this.resolvedOne(found, only) : this.resolved(found);
  }

  /** Rollouts of other templates need not be known whole. */
  private async resolvedOne(
    found: readonly Found[],
    { kind, name }: WorkloadName,
  ): Promise<Found[]> {
    const isMeant = ({ type, workload }: Found) =>
      type.kind === kind && workload.metadata.name === name;
    const resolved = await this.resolved(
      found.filter(
        one =>
          isMeant(one) ||
          one.type.kind === 'Deployment' ||
          referencedDeployment(one.workload) === name,
      ),
    );
    return resolved.filter(isMeant);
  }

  private async workloadsOf(
    type: WorkloadType,
    query: { labelSelector: string; fieldSelector?: string },
    namespace: string | undefined,
  ): Promise<Found[]> {
    const { items } = await listAll<WorkloadObject>(this.client, {
      path: collectionPath(type.apiVersion, type.resource, namespace),
      query,
      signal: this.signal,
    });
    return items.map(workload => ({ type, workload }));
  }

  /** The answer about a kind may not use up the time for all the others. */
  private isInstalled(type: WorkloadType): Promise<boolean> {
    return isInstalled(
      this.client,
      type,
      AbortSignal.any([
        this.signal,
        AbortSignal.timeout(this.deadlineMs * DISCOVERY_SHARE),
      ]),
    );
  }

  /**
   * Rollouts with the Deployments that they have their template from; those
   * Deployments are no targets of their own.
   */
  private async resolved(found: readonly Found[]): Promise<Found[]> {
    const taken = new Set<WorkloadObject>();
    const resolved = found.map(async ({ type, workload }) => {
      const name = referencedDeployment(workload);
      const listed = found.find(
        ({ type: { kind }, workload: { metadata } }) =>
          kind === 'Deployment' &&
          metadata.name === name &&
          metadata.namespace === workload.metadata.namespace,
      )?.workload;
      if (listed) {
        taken.add(listed);
        return [{ type, workload: { ...workload, referenced: listed } }];
      }
      return this.orNothing(
        withReferenced(this.client, workload, this.signal).then(whole => [
          { type, workload: whole },
        ]),
      );
    });
    const all = (await Promise.all(resolved)).flat();
    return all.filter(({ workload }) => !taken.has(workload));
  }

  async targets(found: readonly Found[]): Promise<WorkloadTarget[]> {
    const perNamespace = new Map<string, Found[]>();
    for (const one of found) {
      const { namespace } = one.workload.metadata;
      perNamespace.set(namespace, [
        ...(perNamespace.get(namespace) ?? []),
        one,
      ]);
    }
    const groups = [...perNamespace].map(([namespace, group]) =>
      group.length > MANY_WORKLOADS
        ? this.withSharedPods(namespace, group)
        : this.withOwnPods(group),
    );
    return (await Promise.all(groups)).flat();
  }

  private async withSharedPods(
    namespace: string,
    group: readonly Found[],
  ): Promise<WorkloadTarget[]> {
    const pods = await this.orNothing(
      podsOfNamespace(this.client, namespace, this.signal),
    );
    return group.flatMap(({ type, workload }) =>
      toTargets(
        this.client.name,
        type,
        workload,
        pods.filter(pod => type.ownsPod(workload, pod)),
      ),
    );
  }

  private async withOwnPods(
    group: readonly Found[],
  ): Promise<WorkloadTarget[]> {
    const targets = group.map(async ({ type, workload }) => {
      const pods: PodObject[] = await this.orNothing(
        podsOf(this.client, type, workload, this.signal),
      );
      return toTargets(this.client.name, type, workload, pods);
    });
    return (await Promise.all(targets)).flat();
  }

  private note(problem: Reason): void {
    this.problems.set(problem.message, problem);
  }

  /** What was asked for, or nothing and a problem noted. */
  private async orNothing<T>(question: Promise<T[]>): Promise<T[]> {
    try {
      const answer = await question;
      this.answered = true;
      return answer;
    } catch (error) {
      if (this.deadline.aborted) {
        this.late = true;
        const cluster = this.client.name;
        const seconds = String(this.deadlineMs / 1000);
        this.note(
          because(
            'cluster-later-than',
            `Cluster ${cluster} did not answer within ${seconds} seconds.`,
            { cluster, seconds },
          ),
        );
      } else if (error instanceof DriverError) {
        // Of many questions another one tells that the cluster is there.
        this.answered ||= this.single && !unansweredCodes.includes(error.code);
        this.note(clusterFailure(error));
      } else if (!this.signal.aborted) {
        throw error;
      }
      return [];
    }
  }
}
