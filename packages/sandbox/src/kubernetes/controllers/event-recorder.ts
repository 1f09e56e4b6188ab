import { randomBytes } from 'node:crypto';
import { Cluster } from '../cluster';
import { ApiObject, Event, timestamp } from '../objects';
import { apiVersionOf, events as eventKind } from '../resources/kinds';

/** Who reports an event. */
export interface EventSource {
  component: string;
  host?: string;
}

export interface EventText {
  type: 'Normal' | 'Warning';
  reason: string;
  message: string;
  /** For example `spec.containers{web}`. */
  fieldPath?: string;
}

/** Simulated milliseconds that an event is kept; an API server's default. */
const LIFETIME = 60 * 60 * 1000;

/** Writes Events; a repeated one gets a higher count, as recorded. */
export class EventRecorder {
  private readonly known = new Map<
    string,
    { namespace: string; name: string }
  >();

  static create(cluster: Cluster): EventRecorder {
    return new EventRecorder(cluster);
  }

  private constructor(private readonly cluster: Cluster) {
    cluster.store.subscribe(({ type, resource, object }) => {
      if (resource === eventKind && type === 'ADDED') {
        this.forgetLater(object as unknown as Event);
      }
    });
  }

  record(object: ApiObject, source: EventSource, text: EventText): void {
    const known = this.known.get(keyOf(object.metadata.uid, text));
    const before =
      known &&
      this.cluster.store.get<Event>(eventKind, known.namespace, known.name);
    if (before) {
      this.cluster.update(
        eventKind,
        before,
        {
          ...before,
          count: (before.count ?? 1) + 1,
          lastTimestamp: timestamp(),
        },
        writtenBy(source),
      );
      return;
    }
    const event = newEvent(object, source, text);
    this.cluster.create(eventKind, event, writtenBy(source));
  }

  /** The scheduler reports through the newer API: no count, no first time. */
  recordScheduling(pod: ApiObject, text: EventText): void {
    const source = { component: 'default-scheduler' };
    const event = newEvent(pod, source, text);
    this.cluster.create<Event>(
      eventKind,
      {
        ...event,
        source: {},
        firstTimestamp: null,
        lastTimestamp: null,
        count: undefined,
        eventTime: new Date().toISOString().replace('Z', '000Z'),
        action: text.type === 'Normal' ? 'Binding' : 'Scheduling',
        reportingInstance: 'default-scheduler-sandbox',
      },
      writtenBy({ component: 'kube-scheduler' }),
    );
  }

  private forgetLater(event: Event): void {
    const { clock, store } = this.cluster;
    const { namespace, name, creationTimestamp } = event.metadata;
    // A client may have left it out.
    const { fieldPath, uid } = event.involvedObject ?? { uid: '' };
    const key = keyOf(uid, { ...event, fieldPath });
    // Those of the scheduler are never repeated: they have no count.
    if (event.count !== undefined) {
      this.known.set(key, { namespace: namespace ?? 'default', name });
    }
    const age = clock.now() - clock.at(creationTimestamp);
    clock.after(LIFETIME - age, () => {
      store.remove(eventKind, namespace, name);
      if (this.known.get(key)?.name === name) {
        this.known.delete(key);
      }
    });
  }
}

function keyOf(uid: string, text: Omit<EventText, 'type'>): string {
  return [uid, text.fieldPath, text.reason, text.message].join('\n');
}

function writtenBy(source: EventSource) {
  const name = source.component.endsWith('-controller')
    ? 'kube-controller-manager'
    : source.component;
  return {
    manager: {
      name,
      operation: 'Update' as const,
      apiVersion: apiVersionOf(eventKind),
    },
  };
}

function newEvent(
  object: ApiObject,
  source: EventSource,
  text: EventText,
): Event {
  const { namespace = 'default', name, uid, resourceVersion } = object.metadata;
  return {
    kind: 'Event',
    apiVersion: 'v1',
    metadata: {
      name: `${name}.${randomBytes(8).toString('hex')}`,
      namespace,
      uid: '',
      resourceVersion: '',
      creationTimestamp: '',
    },
    involvedObject: {
      kind: object.kind,
      namespace,
      name,
      uid,
      apiVersion: object.apiVersion,
      resourceVersion,
      ...(text.fieldPath && { fieldPath: text.fieldPath }),
    },
    reason: text.reason,
    message: text.message,
    source: {
      component: source.component,
      ...(source.host && { host: source.host }),
    },
    firstTimestamp: timestamp(),
    lastTimestamp: timestamp(),
    count: 1,
    type: text.type,
    eventTime: null,
    reportingComponent: source.component,
    reportingInstance: source.host ?? '',
  };
}
