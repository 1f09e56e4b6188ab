import {
  TargetRef,
  targetKey,
} from '@slipway/backstage-plugin-image-registry-common';
import { World } from '../World';

/** What a workload was for a while. */
export interface Moment {
  /** Epoch in ms at which it became so. */
  at: number;
  /** What its template says. */
  image: string;
  /** Of the rollout that wrote it last; absent before the first one. */
  sequence?: number;
  /** As many pods as wanted run that image, and are ready. */
  serving: boolean;
}

/** A change of the template that a rollout has signed. */
export type Write = Moment & { sequence: number };

interface Template {
  spec: { containers: { name: string; image: string }[] };
}

interface WorkloadSpec {
  replicas: number;
  template: Template;
}

interface PodStatus {
  conditions?: { type: string; status: string }[];
}

/**
 * What the cluster was, moment by moment, seen from inside of it: no answer of
 * its API, and nothing that the portal says, is needed to tell.
 */
export class Chronicle {
  readonly #moments = new Map<string, Moment[]>();

  private constructor(private readonly cluster: World['cluster']) {}

  /** Keeps the chronicle of some workloads from now on. */
  static of(
    cluster: World['cluster'],
    targets: readonly TargetRef[],
  ): Chronicle {
    const chronicle = new Chronicle(cluster);
    const look = () => targets.forEach(target => chronicle.#look(target));
    look();
    cluster.onChange(look);
    return chronicle;
  }

  /** In order of time; what did not change is no new moment. */
  momentsOf(target: TargetRef): readonly Moment[] {
    return this.#moments.get(targetKey(target)) ?? [];
  }

  #look(target: TargetRef): void {
    const key = targetKey(target);
    const moments = this.#moments.get(key) ?? [];
    const now = this.#now(target);
    const last = moments.at(-1);
    const changed =
      now &&
      (now.image !== last?.image ||
        now.sequence !== last.sequence ||
        now.serving !== last.serving);
    if (changed) {
      this.#moments.set(key, [...moments, now]);
    }
  }

  #now(target: TargetRef): Moment | undefined {
    const { kind, namespace, name, container } = target;
    const workload = this.cluster.get(kind, namespace, name);
    if (!workload) {
      return undefined;
    }
    const { replicas, template } = workload.spec as WorkloadSpec;
    const image = imageIn(template, container);
    const ready = this.cluster
      .list('Pod', namespace)
      .filter(
        ({ metadata, spec, status }) =>
          metadata.labels?.['app.kubernetes.io/name'] === name &&
          metadata.deletionTimestamp === undefined &&
          imageIn({ spec } as Template, container) === image &&
          (status as PodStatus).conditions?.some(
            condition =>
              condition.type === 'Ready' && condition.status === 'True',
          ),
      );
    return {
      at: Date.now(),
      image,
      sequence: writerOf(workload.metadata.annotations, container),
      serving: replicas > 0 && ready.length >= replicas,
    };
  }
}

function imageIn({ spec }: Template, container: string): string {
  return spec.containers.find(({ name }) => name === container)?.image ?? '';
}

/** The portal signs what it writes: `web=12,migrate=9`. */
function writerOf(
  annotations: Record<string, string> | undefined,
  container: string,
): number | undefined {
  const signature =
    annotations?.['image-registry.backstage.io/rollout-sequence'] ?? '';
  const own = signature
    .split(',')
    .map(each => each.split('='))
    .find(([name]) => name === container);
  return own && Number(own[1]);
}

/** The moments at which a rollout changed the template. */
export function writesIn(moments: readonly Moment[]): Write[] {
  return moments.filter((moment, n): moment is Write => {
    const before = moments[n - 1];
    return (
      moment.sequence !== undefined &&
      before !== undefined &&
      (moment.sequence !== before.sequence || moment.image !== before.image)
    );
  });
}
