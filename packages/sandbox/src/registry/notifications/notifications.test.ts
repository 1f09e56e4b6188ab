import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildArtifact } from '../images/buildArtifact';
import { createContent, createJsonContent } from '../images/ImageBundle';
import { pushBundle } from '../push/pushBundle';
import { pushImage } from '../push/pushImage';
import { SandboxRegistry, startSandboxRegistry } from '../SandboxRegistry';
import { call } from '../testing/call';
import {
  EventReceiver,
  ReceivedEvent,
  startEventReceiver,
} from '../testing/eventReceiver';

/** Keys in order and types of values, all the way down: no values. */
function shape(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.map(shape);
  }
  return value !== null && typeof value === 'object'
    ? Object.entries(value).map(([key, each]) => [key, shape(each)])
    : typeof value;
}

function captured(name: string): ReceivedEvent {
  const file = join(
    __dirname,
    '..',
    '__fixtures__',
    `distribution-captured-${name}.json`,
  );
  return JSON.parse(readFileSync(file, 'utf8')).events[0];
}

const bundle = buildArtifact({
  config: createJsonContent('application/vnd.oci.image.config.v1+json', {}),
  layers: [
    createContent(
      'application/vnd.oci.image.layer.v1.tar+gzip',
      Buffer.from('layer'),
    ),
  ],
});
const { digest } = bundle.manifest.descriptor;
const layerDigest = bundle.blobs[1].descriptor.digest;

describe.each([
  ['3', 'v3'],
  ['2.8', 'v2.8'],
] as const)(
  'notifications as distribution %s sends them',
  (behavior, prefix) => {
    let receiver: EventReceiver;
    let registry: SandboxRegistry;

    beforeEach(async () => {
      receiver = await startEventReceiver();
      registry = await startSandboxRegistry({
        behavior,
        notifications: {
          endpoints: [
            {
              name: 'portal',
              url: receiver.url,
              headers: { Authorization: 'Bearer example-token' },
            },
          ],
        },
      });
    });

    afterEach(async () => {
      await registry.stop();
      await receiver.stop();
    });

    const content = (rest: string) => `${registry.url}/v2/team/app/${rest}`;
    const last = async (count: number) =>
      (await receiver.received(count))[count - 1];
    const userAgent = { 'User-Agent': 'test/1' };

    it('tells of a push by tag after its blobs', async () => {
      await pushBundle({ url: registry.url }, 'team/app', bundle, ['1.0.0']);
      const events = await receiver.received(3);
      expect(events.map(each => each.target.mediaType)).toEqual([
        'application/octet-stream',
        'application/octet-stream',
        'application/vnd.oci.image.manifest.v1+json',
      ]);
      expect(shape(events[2])).toEqual(shape(captured(`${prefix}-push-tag`)));
      expect(events[2].target).toMatchObject({
        digest,
        tag: '1.0.0',
        url: content(`manifests/${digest}`),
      });
      expect(receiver.headers[2]).toMatchObject({
        authorization: 'Bearer example-token',
        'content-type': `application/vnd.docker.distribution.events.${
          prefix === 'v3' ? 'v2' : 'v1'
        }+json`,
      });
    });

    it('tells of a deleted manifest and of each of its tags', async () => {
      await pushBundle({ url: registry.url }, 'team/app', bundle, ['a', 'b']);
      await call(content(`manifests/${digest}`), {
        method: 'DELETE',
        headers: userAgent,
      });
      const deleted = (await receiver.received(7)).slice(4);
      expect(deleted.map(each => [each.action, each.target.tag])).toEqual([
        ['delete', undefined],
        ['delete', 'a'],
        ['delete', 'b'],
      ]);
      expect(shape(deleted[0])).toEqual(
        shape(captured(`${prefix}-delete-manifest`)),
      );
      const tagEvent =
        prefix === 'v3' ? 'v3-delete-tag' : 'v2.8-delete-manifest-implied-tag';
      expect(shape(deleted[1])).toEqual(shape(captured(tagEvent)));
    });

    if (behavior === '2.8') {
      return;
    }

    it('tells of a blob', async () => {
      await pushBundle({ url: registry.url }, 'team/app', bundle, ['1.0.0']);
      const [event] = await receiver.received(1);
      expect(shape(event)).toEqual(shape(captured('v3-push-blob')));
    });

    it('tells of a push by digest without a tag', async () => {
      await pushBundle({ url: registry.url }, 'team/app', bundle, []);
      const event = await last(3);
      expect(shape(event)).toEqual(shape(captured('v3-push-digest-only')));
    });

    it('tells of a Helm chart by the type of its config', async () => {
      const chart = buildArtifact({
        config: createJsonContent(
          'application/vnd.cncf.helm.config.v1+json',
          {},
        ),
        layers: [
          createContent(
            'application/vnd.cncf.helm.chart.content.v1.tar+gzip',
            Buffer.from('chart'),
          ),
        ],
      });
      await pushBundle({ url: registry.url }, 'charts/web', chart, ['0.3.1']);
      const event = await last(3);
      expect(shape(event)).toEqual(shape(captured('v3-push-helm-chart')));
      expect(event.target.references).toMatchObject([
        { mediaType: 'application/vnd.cncf.helm.config.v1+json' },
        { mediaType: 'application/vnd.cncf.helm.chart.content.v1.tar+gzip' },
      ]);
    });

    it.each(['GET', 'HEAD'])('tells of a pull by %s', async method => {
      await pushBundle({ url: registry.url }, 'team/app', bundle, ['1.0.0']);
      await call(content('manifests/1.0.0'), { method, headers: userAgent });
      const event = await last(4);
      expect(shape(event)).toEqual(shape(captured('v3-pull-tag')));
      expect(event.request.method).toBe(method);
    });

    it('tells of a deleted tag and of a deleted blob', async () => {
      await pushBundle({ url: registry.url }, 'team/app', bundle, ['latest']);
      await call(content('manifests/latest'), {
        method: 'DELETE',
        headers: userAgent,
      });
      const tag = await last(4);
      expect(shape(tag)).toEqual(shape(captured('v3-delete-tag')));
      expect(tag.target).toMatchObject({ digest: '', mediaType: '', size: 0 });
      await call(content(`blobs/${layerDigest}`), {
        method: 'DELETE',
        headers: userAgent,
      });
      expect(shape(await last(5))).toEqual(shape(captured('v3-delete-blob')));
    });

    it('tells where a mounted blob came from', async () => {
      await pushBundle({ url: registry.url }, 'team/app', bundle, ['1.0.0']);
      const mounted = await call(
        `${registry.url}/v2/team/copy/blobs/uploads/?mount=${layerDigest}&from=team/app`,
        { method: 'POST' },
      );
      expect(mounted.status).toBe(201);
      expect(await last(4)).toMatchObject({
        action: 'mount',
        target: {
          repository: 'team/copy',
          fromRepository: 'team/app',
          digest: layerDigest,
        },
      });
    });

    it('names the user when there is one', async () => {
      const users = [{ username: 'robot', password: 'secret' }];
      const guarded = await startSandboxRegistry({
        access: { mode: 'basic', users },
        notifications: { endpoints: [{ name: 'portal', url: receiver.url }] },
      });
      try {
        await pushImage(guarded.url, {
          repository: 'team/app',
          tag: '1',
          ...users[0],
        });
        expect((await receiver.received(5))[4].actor).toEqual({
          name: 'robot',
        });
      } finally {
        await guarded.stop();
      }
    });
  },
);
