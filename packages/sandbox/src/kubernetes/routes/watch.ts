import { JsonObject } from '../objects';
import { ResourceKind, apiVersionOf } from '../resources/kinds';
import { StatusError } from '../status';
import { assertListOptions, parseRevision, selectorsOf } from './read';
import { ResourceRequest, isOn } from './request';

/** Where a watch writes its lines. */
export interface WatchSink {
  send(event: { type: string; object: object }): void;
  end(): void;
}

const BOOKMARK_SECONDS = 60;
/** Real servers choose 30 to 60 minutes where the client names no timeout. */
const DEFAULT_TIMEOUT_SECONDS = 30 * 60;
/** A last bookmark comes shortly before the end, so that resuming is cheap. */
const LAST_BOOKMARK_SECONDS = 2;

/** Required fields of a kind are present and empty, as Go encodes them. */
const EMPTY_TEMPLATE = { metadata: {}, spec: { containers: null } };
const EMPTY_FIELDS: Record<string, JsonObject> = {
  Deployment: {
    spec: {
      replicas: 0,
      selector: null,
      template: EMPTY_TEMPLATE,
      strategy: {},
    },
    status: {},
  },
  ReplicaSet: {
    spec: { replicas: 0, selector: null, template: EMPTY_TEMPLATE },
    status: { replicas: 0 },
  },
  StatefulSet: {
    spec: {
      selector: null,
      template: EMPTY_TEMPLATE,
      serviceName: '',
      updateStrategy: {},
    },
    status: { replicas: 0, availableReplicas: 0 },
  },
  DaemonSet: {
    spec: { selector: null, template: EMPTY_TEMPLATE, updateStrategy: {} },
    status: {
      currentNumberScheduled: 0,
      numberMisscheduled: 0,
      desiredNumberScheduled: 0,
      numberReady: 0,
    },
  },
  Pod: { spec: { containers: null }, status: {} },
};

/**
 * Serves a watch until its timeout, the client's leaving, or an expired
 * revision. Its timeout is in real seconds: it belongs to the connection.
 *
 * @returns called when the client is gone
 * @throws StatusError before anything was sent
 */
export function watchObjects(
  request: ResourceRequest,
  sink: WatchSink,
): () => void {
  const { cluster, resource, namespace, query } = request;
  assertListOptions(query);
  const matches = selectorsOf(request);
  const isInitial = isOn(query, 'sendInitialEvents');
  const after = beginning(query, isInitial);
  const withBookmarks = isOn(query, 'allowWatchBookmarks');
  const timers: NodeJS.Timeout[] = [];
  let seen = after ?? cluster.store.currentRevision;

  const bookmark = (annotations?: JsonObject) =>
    sink.send({
      type: 'BOOKMARK',
      object: bookmarkOf(resource, seen, annotations),
    });
  const stop = () => timers.forEach(timer => clearTimeout(timer));
  const finish = (error?: StatusError) => {
    stop();
    if (error) {
      sink.send({ type: 'ERROR', object: error.toStatus() });
    }
    sink.end();
  };

  try {
    const watcher = cluster.watches.watch(
      { resource, namespace, matches, after },
      event => {
        seen = Math.max(seen, Number(event.object.metadata.resourceVersion));
        sink.send(event);
      },
      finish,
    );
    if (isInitial && withBookmarks) {
      seen = cluster.store.currentRevision;
      bookmark({ 'k8s.io/initial-events-end': 'true' });
    }
    const seconds =
      Number(query.get('timeoutSeconds') ?? 0) || DEFAULT_TIMEOUT_SECONDS;
    timers.push(
      setTimeout(() => {
        watcher.close();
        finish();
      }, seconds * 1000),
    );
    if (withBookmarks) {
      const last = seconds - LAST_BOOKMARK_SECONDS;
      if (last > 0) {
        timers.push(setTimeout(bookmark, last * 1000));
      }
      timers.push(setInterval(bookmark, BOOKMARK_SECONDS * 1000));
    }
    return () => {
      stop();
      watcher.close();
    };
  } catch (error) {
    if (error instanceof StatusError && error.code === 410) {
      // A watch says "too old" within the stream (recorded: 07e).
      finish(error);
      return stop;
    }
    throw error;
  }
}

/** Revision after which to begin; undefined: send the present state first. */
function beginning(
  query: URLSearchParams,
  isInitial: boolean,
): number | undefined {
  const asked = query.get('resourceVersion') ?? '';
  const revision = asked === '' ? 0 : parseRevision(asked);
  return isInitial || revision === 0 ? undefined : revision;
}

function bookmarkOf(
  resource: ResourceKind,
  revision: number,
  annotations?: JsonObject,
): JsonObject {
  return {
    kind: resource.kind,
    apiVersion: apiVersionOf(resource),
    metadata: {
      resourceVersion: String(revision),
      ...(annotations && { annotations }),
    },
    ...EMPTY_FIELDS[resource.kind],
  };
}
