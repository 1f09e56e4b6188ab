import { buildApplication } from './images/buildApplication';
import { buildIndex } from './images/buildIndex';
import { pushBundle } from './push/pushBundle';
import { SandboxRegistry, startSandboxRegistry } from './SandboxRegistry';
import { call, CallAnswer } from './testing/call';
import {
  DockerRegistry,
  isDockerRegistryInstalled,
  startDockerRegistry,
} from './testing/dockerRegistry';

const isInstalled = isDockerRegistryInstalled();
const suite = isInstalled ? describe : describe.skip;
const reason = isInstalled
  ? ''
  : ' (skipped: docker-registry is not installed)';

const created = new Date('2026-01-02T03:04:05Z');
const platforms = [
  { os: 'linux', architecture: 'amd64' },
  { os: 'linux', architecture: 'arm64' },
];
const image = buildApplication({
  repository: 'team/app',
  version: '1.0.0',
  created,
  platforms: platforms.slice(0, 1),
});
const index = buildApplication({
  repository: 'team/app',
  version: '2.0.0',
  created,
  platforms,
});
const list = buildApplication({
  repository: 'team/app',
  version: '3.0.0',
  created,
  platforms,
  format: 'docker',
});
const { digest, mediaType } = image.manifest.descriptor;
const blob = image.blobs[1].descriptor.digest;
const absent = `sha256:${'0'.repeat(64)}`;
const missingChild = buildIndex([
  {
    platform: platforms[0],
    image: buildApplication({
      repository: 'team/app',
      version: 'never pushed',
      created,
      platforms: platforms.slice(0, 1),
    }),
  },
]);

interface Probe {
  method?: string;
  path: string;
  headers?: Record<string, string>;
  body?: string | Buffer;
}

const manifests = '/v2/team/app/manifests';
const uploads = '/v2/team/app/blobs/uploads/';

/** Requests whose answers clients depend on; later ones see earlier ones. */
const PROBES: [string, Probe][] = [
  ['the base', { path: '/v2/' }],
  ['a path outside', { path: '/v1/' }],
  ['an invalid name', { path: '/v2/team/App/tags/list' }],
  ['an invalid tag', { path: `${manifests}/-bad` }],
  ['an unknown repository', { path: '/v2/team/none/tags/list' }],
  ['paging that is ignored', { path: '/v2/team/app/tags/list?n=1&last=1' }],
  ['the catalog', { path: '/v2/_catalog' }],
  ['a page of the catalog', { path: '/v2/_catalog?n=1' }],
  ['the page after it', { path: '/v2/_catalog?n=1&last=team/app' }],
  ['a catalog page too large', { path: '/v2/_catalog?n=1001' }],
  ['an image', { path: `${manifests}/1.0.0`, headers: { Accept: mediaType } }],
  [
    'an image by digest, HEAD',
    {
      method: 'HEAD',
      path: `${manifests}/${digest}`,
      headers: { Accept: mediaType },
    },
  ],
  [
    'an image that the client has',
    {
      path: `${manifests}/1.0.0`,
      headers: { Accept: mediaType, 'If-None-Match': `"${digest}"` },
    },
  ],
  ['an OCI index without Accept', { path: `${manifests}/2.0.0` }],
  ['an OCI image without Accept', { path: `${manifests}/1.0.0` }],
  [
    'a Docker list for a client of images',
    {
      path: `${manifests}/3.0.0`,
      headers: {
        Accept: 'application/vnd.docker.distribution.manifest.v2+json',
      },
    },
  ],
  ['an unknown tag', { path: `${manifests}/none` }],
  ['an unknown digest', { path: `${manifests}/${absent}` }],
  ['a blob', { path: `/v2/team/app/blobs/${blob}` }],
  ['a blob, HEAD', { method: 'HEAD', path: `/v2/team/app/blobs/${blob}` }],
  [
    'a part of a blob',
    { path: `/v2/team/app/blobs/${blob}`, headers: { Range: 'bytes=2-5' } },
  ],
  [
    'the end of a blob',
    { path: `/v2/team/app/blobs/${blob}`, headers: { Range: 'bytes=-4' } },
  ],
  ['an unknown blob', { path: `/v2/team/app/blobs/${absent}` }],
  ['a blob of another repository', { path: `/v2/team/other/blobs/${blob}` }],
  ['the referrers', { path: `/v2/team/app/referrers/${digest}` }],
  ['an unknown upload', { path: `${uploads}${'a'.repeat(8)}` }],
  ['a method without meaning', { method: 'PUT', path: '/v2/_catalog' }],
  ['a new upload', { method: 'POST', path: uploads }],
  [
    'a mount',
    {
      method: 'POST',
      path: `/v2/team/copy/blobs/uploads/?mount=${blob}&from=team/app`,
    },
  ],
  [
    'a mount of nothing',
    {
      method: 'POST',
      path: `/v2/team/copy/blobs/uploads/?mount=${absent}&from=team/app`,
    },
  ],
  [
    'a manifest that is not JSON',
    {
      method: 'PUT',
      path: `${manifests}/bad`,
      headers: { 'Content-Type': mediaType },
      body: '{',
    },
  ],
  [
    'a manifest of another type than its header',
    {
      method: 'PUT',
      path: `${manifests}/bad`,
      headers: {
        'Content-Type': 'application/vnd.docker.distribution.manifest.v2+json',
      },
      body: image.manifest.bytes,
    },
  ],
  [
    'a manifest by the wrong digest',
    {
      method: 'PUT',
      path: `${manifests}/${absent}`,
      headers: { 'Content-Type': mediaType },
      body: image.manifest.bytes,
    },
  ],
  [
    'a manifest without its blobs',
    {
      method: 'PUT',
      path: '/v2/team/copy/manifests/1.0.0',
      headers: { 'Content-Type': mediaType },
      body: image.manifest.bytes,
    },
  ],
  [
    'an index without its children',
    {
      method: 'PUT',
      path: `${manifests}/bad`,
      headers: {
        'Content-Type': missingChild.manifest.descriptor.mediaType,
      },
      body: missingChild.manifest.bytes,
    },
  ],
  ['a deleted tag', { method: 'DELETE', path: `${manifests}/1.0.0` }],
  ['a deleted digest', { method: 'DELETE', path: `${manifests}/${digest}` }],
  [
    'a digest deleted again',
    { method: 'DELETE', path: `${manifests}/${digest}` },
  ],
  ['a deleted blob', { method: 'DELETE', path: `/v2/team/app/blobs/${blob}` }],
  [
    'a blob deleted again',
    { method: 'DELETE', path: `/v2/team/app/blobs/${blob}` },
  ],
];

const COMPARED_HEADERS = [
  'content-length',
  'content-range',
  'content-type',
  'docker-content-digest',
  'docker-distribution-api-version',
  'etag',
  'link',
  'range',
];

/** What a client can depend on: no ids, no host, no wording. */
function comparable(answer: CallAnswer) {
  const errors = (answer.json as { errors?: { code: string }[] })?.errors;
  const headers = COMPARED_HEADERS.filter(
    name => name !== 'content-length' || !errors,
  ).map(name => [name, answer.headers[name]]);
  return {
    status: answer.status,
    headers: Object.fromEntries(headers),
    location: String(answer.headers.location ?? '')
      .replace(/127\.0\.0\.1:\d+/, 'host')
      .replace(/uploads\/[^?]+\?_state=.+/, 'uploads/id?_state=state'),
    body: errors ? errors.map(({ code }) => code) : sortTags(answer),
  };
}

function sortTags(answer: CallAnswer): unknown {
  const json = answer.json as { tags?: string[] } | undefined;
  return json?.tags ? { ...json, tags: [...json.tags].sort() } : answer.text;
}

suite(`the 2.8 behavior and docker-registry${reason}`, () => {
  let real: DockerRegistry;
  let sandbox: SandboxRegistry;

  beforeAll(async () => {
    real = await startDockerRegistry();
    sandbox = await startSandboxRegistry({ behavior: '2.8' });
    for (const { url } of [real, sandbox]) {
      await pushBundle({ url }, 'team/app', image, ['1.0.0']);
      await pushBundle({ url }, 'team/app', index, ['2.0.0']);
      await pushBundle({ url }, 'team/app', list, ['3.0.0']);
      await pushBundle({ url }, 'team/nested/tool', image, ['1.0.0']);
      await pushBundle({ url }, 'team-other', image, ['1.0.0']);
    }
  });

  afterAll(async () => {
    await sandbox?.stop();
    await real?.stop();
  });

  it.each(PROBES)('answer alike to %s', async (_, { path, ...request }) => {
    const expected = await call(`${real.url}${path}`, request);
    const actual = await call(`${sandbox.url}${path}`, request);
    expect(comparable(actual)).toEqual(comparable(expected));
  });

  it('answer alike along a chunked upload', async () => {
    const [first, second] = [Buffer.from('first,'), Buffer.from('second')];
    const outcomes = await Promise.all(
      [real.url, sandbox.url].map(async url => {
        const answers: CallAnswer[] = [];
        const step = async (target: string, request: Omit<Probe, 'path'>) => {
          const answer = await call(target, request);
          answers.push(answer);
          return String(answer.headers.location);
        };
        const opened = await step(`${url}${uploads}`, { method: 'POST' });
        const patched = await step(opened, { method: 'PATCH', body: first });
        await step(opened, { method: 'PATCH', body: second });
        const looked = await step(patched, { method: 'GET' });
        await step(`${looked}&digest=${absent}`, {
          method: 'PUT',
          body: second,
        });
        return answers.map(comparable);
      }),
    );
    expect(outcomes[1]).toEqual(outcomes[0]);
  });
});
