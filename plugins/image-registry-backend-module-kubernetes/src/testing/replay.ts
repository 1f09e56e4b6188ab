import { readFileSync } from 'fs';
import { join } from 'path';
import {
  RolloutObservation,
  RolloutWatch,
} from '@slipway/backstage-plugin-image-registry-node';
import { RolloutJudge } from '../observe/RolloutJudge';
import {
  KubernetesObject,
  PodObject,
  ReplicaSetObject,
  WorkloadObject,
} from '../workloads/objects';
import { workloadTypes } from '../workloads/workloadTypes';

/** Reads one of the recordings of a real cluster. */
export function readFixture<T>(name: string): T {
  const file = join(__dirname, '..', '__fixtures__', `${name}.json`);
  return JSON.parse(readFileSync(file, 'utf8')) as T;
}

interface Recording {
  events: Array<{
    /** Milliseconds since the recording began. */
    t: number;
    type: 'ADDED' | 'MODIFIED' | 'DELETED';
    object: KubernetesObject;
  }>;
}

/** An observation and when it was made. */
export interface Seen extends RolloutObservation {
  t: number;
}

/** Lets a judge look after each event of a recording, until the end. */
export function replay(
  recordingName: string,
  watch: RolloutWatch,
  settleMs: number = 2_000,
): Seen[] {
  const { events } = readFixture<Recording>(recordingName);
  const { kind, name } = watch.target;
  const type = workloadTypes[kind];
  const judge = new RolloutJudge(type, watch, settleMs);
  const objects = new Map<string, KubernetesObject>();
  const seen: Seen[] = [];
  let dueAt = Infinity;

  const look = (t: number): boolean => {
    const all = [...objects.values()];
    const workload = all.find(
      object => object.kind === kind && object.metadata.name === name,
    ) as WorkloadObject | undefined;
    if (!workload) {
      return false;
    }
    const replicaSets = all.filter(o => o.kind === 'ReplicaSet');
    const pods = all.filter(o => o.kind === 'Pod') as PodObject[];
    const { observation, lookAgainInMs } = judge.look(
      {
        workload,
        pods: pods.filter(pod => type.ownsPod(workload, pod)),
        replicaSets:
          replicaSets.length > 0
            ? (replicaSets as ReplicaSetObject[])
            : undefined,
      },
      t,
    );
    seen.push({ t, ...observation });
    dueAt = lookAgainInMs === undefined ? Infinity : t + lookAgainInMs;
    return observation.phase !== 'progressing';
  };

  for (const { t, type: change, object } of events) {
    if (dueAt <= t && look(dueAt)) {
      return seen;
    }
    if (change === 'DELETED') {
      objects.delete(object.metadata.uid);
    } else {
      objects.set(object.metadata.uid, object);
    }
    if (look(t)) {
      return seen;
    }
  }
  if (dueAt < Infinity) {
    look(dueAt);
  }
  return seen;
}
