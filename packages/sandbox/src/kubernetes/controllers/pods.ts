import { createHash } from 'node:crypto';
import { Clock } from '../clock';
import { Cluster } from '../cluster';
import { NAME_ALPHABET } from '../names';
import {
  ApiObject,
  OwnerReference,
  Pod,
  PodTemplate,
  timestamp,
} from '../objects';
import { ResourceKind, pods } from '../resources/kinds';
import { ChangeType, ObjectStore } from '../storage/object-store';

/** Field manager of every controller. */
export const CONTROLLER_MANAGER = 'kube-controller-manager';

export function controllerWrite(apiVersion: string) {
  return {
    manager: {
      name: CONTROLLER_MANAGER,
      operation: 'Update' as const,
      apiVersion,
    },
  };
}

export function ownerReference(owner: ApiObject): OwnerReference {
  return {
    apiVersion: owner.apiVersion,
    kind: owner.kind,
    name: owner.metadata.name,
    uid: owner.metadata.uid,
    controller: true,
    blockOwnerDeletion: true,
  };
}

/** The controller that an object belongs to. */
export function controllerOf(object: ApiObject): OwnerReference | undefined {
  return object.metadata.ownerReferences?.find(owner => owner.controller);
}

/** Queue key of a namespaced object. */
export function queueKey(namespace: string | undefined, name: string): string {
  return `${namespace}/${name}`;
}

export function splitKey(key: string): { namespace: string; name: string } {
  const [namespace, name] = key.split('/');
  return { namespace, name };
}

/** Pods that an object controls. */
export function podsOf(store: ObjectStore, owner: ApiObject): Pod[] {
  return controlledBy<Pod>(store, owner, pods);
}

/** Objects of a resource that an object controls, in the order of keys. */
export function controlledBy<T extends ApiObject>(
  store: ObjectStore,
  owner: ApiObject,
  wanted: ResourceKind,
): T[] {
  return store
    .ownedBy(owner.metadata.uid)
    .filter(
      ({ resource, object }) =>
        resource === wanted && controllerOf(object)?.uid === owner.metadata.uid,
    )
    .map(({ object }) => object as unknown as T)
    .sort((left, right) => (left.metadata.name < right.metadata.name ? -1 : 1));
}

export function isTerminating(pod: Pod): boolean {
  return pod.metadata.deletionTimestamp !== undefined;
}

export function hasEnded(pod: Pod): boolean {
  return pod.status.phase === 'Succeeded' || pod.status.phase === 'Failed';
}

export function isActive(pod: Pod): boolean {
  return !isTerminating(pod) && !hasEnded(pod);
}

export function isReady(pod: Pod): boolean {
  return (
    pod.status.conditions?.some(
      condition => condition.type === 'Ready' && condition.status === 'True',
    ) ?? false
  );
}

function readyTime(pod: Pod): string | undefined {
  return pod.status.conditions?.find(({ type }) => type === 'Ready')
    ?.lastTransitionTime;
}

/** A pod to be created for an owner. */
export function newPod(options: {
  owner: ApiObject;
  template: PodTemplate;
  name: string;
  generateName?: string;
  labels?: { [name: string]: string };
  nodeName?: string;
}): Pod {
  const { owner, template } = options;
  return {
    kind: 'Pod',
    apiVersion: 'v1',
    metadata: {
      name: options.name,
      ...(options.generateName && { generateName: options.generateName }),
      namespace: owner.metadata.namespace,
      uid: '',
      resourceVersion: '',
      creationTimestamp: '',
      labels: { ...template.metadata?.labels, ...options.labels },
      ...(template.metadata?.annotations && {
        annotations: template.metadata.annotations,
      }),
      ownerReferences: [ownerReference(owner)],
    },
    spec: {
      ...structuredClone(template.spec),
      ...(options.nodeName && { nodeName: options.nodeName }),
    },
    status: { phase: 'Pending', qosClass: 'BestEffort' },
  };
}

/** Asks a pod to end; its kubelet does the rest. */
export function endPod(cluster: Cluster, pod: Pod): void {
  if (isTerminating(pod)) {
    return;
  }
  const grace = pod.spec.terminationGracePeriodSeconds ?? 30;
  cluster.update(
    pods,
    pod,
    {
      ...pod,
      metadata: {
        ...pod.metadata,
        deletionTimestamp: timestamp(new Date(Date.now() + grace * 1000)),
        deletionGracePeriodSeconds: grace,
      },
    },
    controllerWrite('v1'),
  );
}

/** A name's suffix that is the same for the same template. */
export function templateHash(template: PodTemplate): string {
  const digest = createHash('sha256').update(stableText(template)).digest();
  return [...digest.subarray(0, 9)]
    .map(byte => NAME_ALPHABET[byte % NAME_ALPHABET.length])
    .join('');
}

function stableText(value: unknown): string {
  if (Array.isArray(value)) {
    return `[${value.map(stableText).join(',')}]`;
  }
  if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value)
      .filter(([, entry]) => entry !== undefined)
      .sort(([left], [right]) => (left < right ? -1 : 1))
      .map(([key, entry]) => `${JSON.stringify(key)}:${stableText(entry)}`);
    return `{${entries.join(',')}}`;
  }
  return JSON.stringify(value) ?? 'null';
}

/**
 * Since when each pod is ready, in simulated time: minReadySeconds is counted
 * from there, and the wire has whole seconds only.
 */
export class ReadyTimes {
  private readonly since = new Map<string, number>();

  static create(store: ObjectStore, clock: Clock): ReadyTimes {
    const times = new ReadyTimes(clock);
    store.subscribe(change => {
      if (change.resource === pods) {
        times.note(change.object as unknown as Pod, change.type);
      }
    });
    return times;
  }

  private constructor(private readonly clock: Clock) {}

  /** Simulated milliseconds until the pod is available; undefined: not ready. */
  untilAvailable(pod: Pod, minReadySeconds = 0): number | undefined {
    if (!isReady(pod)) {
      return undefined;
    }
    const since = this.since.get(pod.metadata.uid) ?? this.clock.now();
    return Math.max(0, since + minReadySeconds * 1000 - this.clock.now());
  }

  private note(pod: Pod, type: ChangeType): void {
    const { uid } = pod.metadata;
    if (type === 'DELETED' || !isReady(pod)) {
      this.since.delete(uid);
    } else if (!this.since.has(uid)) {
      // A pod that is ready when it is first seen became so in an earlier run.
      const since = type === 'ADDED' && readyTime(pod);
      this.since.set(uid, since ? this.clock.at(since) : this.clock.now());
    }
  }
}
