import { ServerResponse } from 'http';
import { KubeConfig } from '@kubernetes/client-node';
import { ClusterClient } from '../clusters';
import { eventually } from '../testing/eventually';
import {
  answer,
  Script,
  ScriptedApiServer,
  sendEvent,
} from '../testing/ScriptedApiServer';
import { KubernetesObject } from '../workloads/objects';
import { WatchedCollection, WatchHub, WatchShare } from './WatchHub';

const PATH = '/api/v1/namespaces/shop/pods';

const collection: WatchedCollection<KubernetesObject> = {
  apiVersion: 'v1',
  resource: 'pods',
  namespace: 'shop',
  prune: object => object,
};

function pod(name: string, resourceVersion: string): KubernetesObject {
  return {
    metadata: { name, namespace: 'shop', uid: `uid-${name}`, resourceVersion },
  };
}

describe('WatchHub', () => {
  let server: ScriptedApiServer;
  let client: ClusterClient;
  let hub: WatchHub;
  let items: KubernetesObject[];
  let resourceVersion: string;
  let watches: ServerResponse[];

  const script: Script = ({ query }, response) => {
    if (!query.has('watch')) {
      answer(response, 200, { metadata: { resourceVersion }, items });
      return;
    }
    response.flushHeaders();
    watches.push(response);
  };
  const join = (): WatchShare<KubernetesObject> =>
    hub.join(client, collection, () => undefined);
  const names = ({ watch }: WatchShare<KubernetesObject>) =>
    [...watch.objects.values()].map(({ metadata }) => metadata.name).sort();

  beforeEach(async () => {
    items = [pod('a', '5')];
    resourceVersion = '7';
    watches = [];
    server = await ScriptedApiServer.start(script);
    const { name, connection } = server.source();
    client = new ClusterClient(
      name,
      connection?.kubeConfig ?? new KubeConfig(),
    );
    hub = new WatchHub();
  });

  afterEach(async () => {
    hub.close();
    await client.close();
    await server.stop();
  });

  it('opens one watch for fifty who look, and ends it after the last', async () => {
    const shares = Array.from({ length: 50 }, join);
    await eventually(() => watches.length > 0);
    expect(hub.size).toBe(1);
    expect(server.count(PATH, 'list')).toBe(1);
    expect(server.count(PATH, 'watch')).toBe(1);

    const ended = new Promise(resolve => watches[0].on('close', resolve));
    shares.slice(1).forEach(share => share.leave());
    expect(hub.size).toBe(1);
    shares[0].leave();
    expect(hub.size).toBe(0);
    await ended;
  });

  it('follows what is added, changed and deleted', async () => {
    const share = join();
    await eventually(() => watches.length > 0);
    expect(server.requests[1].query.get('resourceVersion')).toBe('7');
    expect(server.requests[1].query.get('allowWatchBookmarks')).toBe('true');
    sendEvent(watches[0], 'ADDED', pod('b', '8'));
    sendEvent(watches[0], 'DELETED', pod('a', '9'));
    await eventually(() => names(share).join() === 'b');
  });

  it('resumes a watch that breaks off where it was, also by a bookmark', async () => {
    const share = join();
    await eventually(() => watches.length === 1);
    sendEvent(watches[0], 'ADDED', pod('b', '8'));
    sendEvent(watches[0], 'BOOKMARK', { metadata: { resourceVersion: '20' } });
    await eventually(() => names(share).length === 2);
    server.cut();
    await eventually(() => watches.length === 2);
    expect(server.count(PATH, 'list')).toBe(1);
    const last = server.requests[server.requests.length - 1];
    expect(last.query.get('resourceVersion')).toBe('20');
    expect(share.watch.trouble).toBeUndefined();
  });

  it('resumes when the server ends the watch as announced', async () => {
    join();
    await eventually(() => watches.length === 1);
    watches[0].end();
    await eventually(() => watches.length === 2);
    expect(server.count(PATH, 'list')).toBe(1);
  });

  it('does not open watches over and over that all end at once', async () => {
    server.script = ({ query }, response) => {
      if (query.has('watch')) {
        response.end();
      } else {
        answer(response, 200, { metadata: { resourceVersion }, items });
      }
    };
    join();
    await eventually(() => server.count(PATH, 'watch') >= 3);
    const before = server.count(PATH, 'watch');
    await new Promise(resolve => setTimeout(resolve, 400));
    expect(server.count(PATH, 'watch') - before).toBeLessThanOrEqual(1);
  });

  it('lists again when its history is expired', async () => {
    const share = join();
    await eventually(() => watches.length === 1);
    items = [pod('c', '30')];
    resourceVersion = '31';
    sendEvent(watches[0], 'ERROR', {
      kind: 'Status',
      code: 410,
      reason: 'Expired',
      message: 'too old resource version: 7 (25)',
    });
    await eventually(() => watches.length === 2);
    expect(server.count(PATH, 'list')).toBe(2);
    expect(names(share)).toEqual(['c']);
    expect(share.watch.trouble).toBeUndefined();
  });

  it('tells an outage, keeps what it knew, and goes on afterwards', async () => {
    const share = join();
    await eventually(() => watches.length === 1);
    await server.goDown();
    await eventually(() => share.watch.trouble !== undefined);
    expect(share.watch.trouble?.code).toBe('cluster-unreachable');
    expect(names(share)).toEqual(['a']);
    await server.comeBack();
    await eventually(() => share.watch.trouble === undefined);
    expect(names(share)).toEqual(['a']);
  });

  it('waits longer and longer for a cluster that refuses', async () => {
    server.script = (_, response) =>
      answer(response, 500, { message: 'etcd is away' });
    const share = join();
    await eventually(() => server.requests.length >= 3);
    const after = server.requests.length;
    await new Promise(resolve => setTimeout(resolve, 500));
    expect(server.requests.length - after).toBeLessThanOrEqual(1);
    expect(share.watch.trouble?.code).toBe('server-error');
  });
});
