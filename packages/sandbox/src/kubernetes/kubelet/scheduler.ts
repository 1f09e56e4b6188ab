import { Cluster } from '../cluster';
import { EventRecorder } from '../controllers/event-recorder';
import { Node, Pod, timestamp } from '../objects';
import { nodes, pods } from '../resources/kinds';
import { misfit } from './node-fit';
import { TIMING } from './timing';

/** Binds pods to nodes: node selectors, else the node with the fewest pods. */
export class Scheduler {
  static create(cluster: Cluster, events: EventRecorder): Scheduler {
    return new Scheduler(cluster, events);
  }

  private constructor(
    private readonly cluster: Cluster,
    private readonly events: EventRecorder,
  ) {
    cluster.store.subscribe(({ type, resource, object }) => {
      if (resource === pods && type === 'ADDED') {
        const { namespace, name } = object.metadata;
        cluster.clock.after(TIMING.scheduling, () =>
          this.schedule(namespace, name),
        );
      }
    });
  }

  private schedule(namespace: string | undefined, name: string): void {
    const { store } = this.cluster;
    const pod = store.get<Pod>(pods, namespace, name);
    if (!pod || pod.metadata.deletionTimestamp || pod.spec.nodeName) {
      return;
    }
    const node = this.choose(pod);
    if (!node) {
      this.refuse(pod);
      return;
    }
    // Binding is not a change of the spec: the generation stays.
    store.replace<Pod>(pods, {
      ...pod,
      spec: { ...pod.spec, nodeName: node.metadata.name },
      status: {
        ...pod.status,
        conditions: [
          {
            type: 'PodScheduled',
            observedGeneration: pod.metadata.generation,
            status: 'True',
            lastProbeTime: null,
            lastTransitionTime: timestamp(),
          },
        ],
      },
    });
    this.cluster.clock.after(TIMING.scheduling, () =>
      this.events.recordScheduling(pod, {
        type: 'Normal',
        reason: 'Scheduled',
        message: `Successfully assigned ${namespace}/${name} to ${node.metadata.name}`,
      }),
    );
  }

  private choose(pod: Pod): Node | undefined {
    const { store } = this.cluster;
    const load = (node: Node) =>
      store
        .list<Pod>(pods)
        .filter(other => other.spec.nodeName === node.metadata.name).length;
    return store
      .list<Node>(nodes)
      .filter(node => misfit(node, pod) === undefined)
      .sort((left, right) => load(left) - load(right))[0];
  }

  private refuse(pod: Pod): void {
    const reasons = this.cluster.store
      .list<Node>(nodes)
      .map(node => misfit(node, pod) ?? '');
    const count = reasons.length;
    const told = [...new Set(reasons)]
      .map(
        reason =>
          `${reasons.filter(other => other === reason).length} ${reason}`,
      )
      .join(', ');
    const message = `0/${count} nodes are available: ${told}. no new claims to deallocate, preemption: 0/${count} nodes are available: ${count} Preemption is not helpful for scheduling.`;
    this.cluster.store.replace<Pod>(pods, {
      ...pod,
      status: {
        ...pod.status,
        conditions: [
          {
            type: 'PodScheduled',
            observedGeneration: pod.metadata.generation,
            status: 'False',
            lastProbeTime: null,
            lastTransitionTime: timestamp(),
            reason: 'Unschedulable',
            message,
          },
        ],
      },
    });
    this.events.recordScheduling(pod, {
      type: 'Warning',
      reason: 'FailedScheduling',
      message,
    });
  }
}
