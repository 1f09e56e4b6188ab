import { buildApplication } from '../images/buildApplication';
import { buildArtifact } from '../images/buildArtifact';
import { createContent } from '../images/ImageBundle';
import { sha256Digest } from '../protocol/digests';
import { pushBundle } from '../push/pushBundle';
import { SandboxRegistry, startSandboxRegistry } from '../SandboxRegistry';
import { call } from '../testing/call';

const platforms = [
  { os: 'linux', architecture: 'amd64' },
  { os: 'linux', architecture: 'arm64' },
];
const created = new Date('2026-01-02T03:04:05Z');
const build = (version: string) =>
  buildApplication({ repository: 'team/app', version, created, platforms });
const index = build('1.0.0');
const { digest, mediaType } = index.manifest.descriptor;
const bytes = Buffer.from('some content of a blob');
const blobDigest = sha256Digest(bytes);
const absent = `sha256:${'0'.repeat(64)}`;

describe('the registry as distribution 3', () => {
  let registry: SandboxRegistry;
  const at = (path: string) => `${registry.url}/v2/${path}`;
  const get = (path: string) => call(at(path));

  beforeEach(async () => {
    registry = await startSandboxRegistry();
    registry.store('team/app', index, ['b', 'c', 'a', 'd']);
    registry.content.putBlob('team/app', blobDigest, bytes);
  });

  afterEach(() => registry.stop());

  it.each([
    ['every tag in order', '', ['a', 'b', 'c', 'd'], undefined],
    ['a page', '?n=2', ['a', 'b'], '</v2/team/app/tags/list?last=b&n=2>'],
    ['the last page', '?n=2&last=b', ['c', 'd'], undefined],
    ['after a tag that is gone', '?n=9&last=bb', ['c', 'd'], undefined],
    ['nothing for none', '?n=0', [], undefined],
    ['nothing after the end', '?n=2&last=d', [], undefined],
  ])('lists %s', async (_, query, tags, link) => {
    const answer = await get(`team/app/tags/list${query}`);
    expect(answer.json).toEqual({ name: 'team/app', tags });
    expect(answer.headers.link).toBe(link && `${link}; rel="next"`);
  });

  it.each(['n=-1', 'n=abc', 'n=1.5'])('refuses %s', async query => {
    const answer = await get(`team/app/tags/list?${query}`);
    expect(answer.status).toBe(400);
    expect(answer.json).toMatchObject({
      errors: [{ code: 'PAGINATION_NUMBER_INVALID' }],
    });
  });

  it('answers an empty list when the last tag is gone', async () => {
    await call(at(`team/app/manifests/${digest}`), { method: 'DELETE' });
    expect((await get('team/app/tags/list')).json).toEqual({
      name: 'team/app',
      tags: [],
    });
  });

  it('pages the catalog without repositories that only hold blobs', async () => {
    registry.store('team/app/tool', index);
    registry.store('team-b', index);
    registry.content.putBlob('only/blobs', blobDigest, bytes);
    const first = await get('_catalog?n=2');
    expect(first.json).toEqual({
      repositories: ['team/app', 'team/app/tool'],
    });
    expect(first.headers.link).toBe(
      '</v2/_catalog?last=team%2Fapp%2Ftool&n=2>; rel="next"',
    );
    const second = await get('_catalog?n=2&last=team%2Fapp%2Ftool');
    expect(second.json).toEqual({ repositories: ['team-b'] });
    expect((await get('_catalog?n=1001')).status).toBe(400);
  });

  it('gives an index without Accept, and its digest', async () => {
    const answer = await get('team/app/manifests/a');
    expect(answer.headers['content-type']).toBe(mediaType);
    expect(answer.headers['docker-content-digest']).toBe(digest);
    expect(sha256Digest(Buffer.from(answer.text))).toBe(digest);
  });

  it('deletes one tag and leaves the others', async () => {
    const deleted = await call(at('team/app/manifests/a'), {
      method: 'DELETE',
    });
    expect(deleted.status).toBe(202);
    expect((await get('team/app/manifests/a')).status).toBe(404);
    expect((await get('team/app/manifests/b')).status).toBe(200);
    const again = await call(at('team/app/manifests/a'), { method: 'DELETE' });
    expect(again.json).toMatchObject({
      errors: [{ code: 'MANIFEST_UNKNOWN' }],
    });
  });

  it('refuses deletion when it is switched off', async () => {
    const fixed = await startSandboxRegistry({ deleteEnabled: false });
    try {
      fixed.store('team/app', index, ['a']);
      const answer = await call(`${fixed.url}/v2/team/app/manifests/a`, {
        method: 'DELETE',
      });
      expect(answer.status).toBe(405);
      expect(answer.json).toMatchObject({ errors: [{ code: 'UNSUPPORTED' }] });
    } finally {
      await fixed.stop();
    }
  });

  it.each([
    ['no content type', undefined],
    ['a type that is no manifest', 'application/json'],
    [
      'another type than in the body',
      'application/vnd.docker.distribution.manifest.list.v2+json',
    ],
  ])('refuses a manifest with %s', async (_, type) => {
    const answer = await call(at('team/app/manifests/new'), {
      method: 'PUT',
      headers: { ...(type && { 'Content-Type': type }) },
      body: index.manifest.bytes,
    });
    expect(answer.status).toBe(400);
    expect(answer.json).toMatchObject({
      errors: [{ code: 'MANIFEST_INVALID' }],
    });
  });

  describe('uploads', () => {
    const open = async () => {
      const opened = await call(at('team/app/blobs/uploads/'), {
        method: 'POST',
      });
      expect(opened.status).toBe(202);
      return String(opened.headers.location);
    };
    const stored = async () => (await get(`team/new/blobs/${blobDigest}`)).text;

    it('takes a blob in one POST', async () => {
      const answer = await call(
        at(`team/new/blobs/uploads/?digest=${blobDigest}`),
        { method: 'POST', body: bytes },
      );
      expect(answer.status).toBe(201);
      expect(await stored()).toBe(bytes.toString());
    });

    it('takes chunks in order and tells how far it is', async () => {
      const first = await call(await open(), {
        method: 'PATCH',
        headers: { 'Content-Range': '0-4' },
        body: bytes.subarray(0, 5),
      });
      expect(first).toMatchObject({ status: 202, headers: { range: '0-4' } });
      const location = String(first.headers.location);
      const wrong = await call(location, {
        method: 'PATCH',
        headers: { 'Content-Range': '9-10' },
        body: 'xx',
      });
      expect(wrong.status).toBe(416);
      const status = await call(location);
      expect(status).toMatchObject({ status: 204, headers: { range: '0-4' } });
      const done = await call(`${location}&digest=${blobDigest}`, {
        method: 'PUT',
        body: bytes.subarray(5),
      });
      expect(done.status).toBe(201);
      expect(done.headers['docker-content-digest']).toBe(blobDigest);
    });

    it('refuses content of another digest and forgets the upload', async () => {
      const location = await open();
      const answer = await call(`${location}&digest=${absent}`, {
        method: 'PUT',
        body: bytes,
      });
      expect(answer.status).toBe(400);
      expect(answer.json).toMatchObject({
        errors: [{ code: 'DIGEST_INVALID' }],
      });
      expect((await call(location)).status).toBe(404);
    });

    it('refuses a chunk shorter than it says', async () => {
      const answer = await call(await open(), {
        method: 'PATCH',
        headers: { 'Content-Range': '0-9' },
        body: 'short',
      });
      expect(answer.json).toMatchObject({ errors: [{ code: 'SIZE_INVALID' }] });
    });

    it('cancels', async () => {
      const location = await open();
      expect((await call(location, { method: 'DELETE' })).status).toBe(204);
      expect((await call(location)).json).toMatchObject({
        errors: [{ code: 'BLOB_UPLOAD_UNKNOWN' }],
      });
    });

    it('mounts from another repository, else opens an upload', async () => {
      const mount = (from: string) =>
        call(at(`team/new/blobs/uploads/?mount=${blobDigest}&from=${from}`), {
          method: 'POST',
        });
      expect((await mount('team/none')).status).toBe(202);
      expect((await mount('team/app')).status).toBe(201);
      expect(await stored()).toBe(bytes.toString());
    });
  });

  describe('referrers', () => {
    const subject = index.manifest.descriptor;
    const referrer = (artifactType: string) =>
      buildArtifact({
        artifactType,
        subject,
        layers: [createContent('text/plain', Buffer.from(artifactType))],
      });
    const list = async (query: string) => {
      const answer = await get(`team/app/referrers/${digest}${query}`);
      expect(answer.status).toBe(200);
      return answer;
    };

    it('are listed by their subject and filtered by type', async () => {
      const target = { url: registry.url };
      await pushBundle(target, 'team/app', referrer('text/a'), []);
      await pushBundle(target, 'team/app', referrer('text/b'), []);
      expect((await list('')).json).toMatchObject({
        mediaType: 'application/vnd.oci.image.index.v1+json',
        manifests: [{ artifactType: 'text/a' }, { artifactType: 'text/b' }],
      });
      const filtered = await list('?artifactType=text/b');
      expect(filtered.headers['oci-filters-applied']).toBe('artifactType');
      expect(filtered.json).toMatchObject({
        manifests: [{ digest: referrer('text/b').manifest.descriptor.digest }],
      });
    });

    it('are announced at the push', async () => {
      const { manifest, blobs } = referrer('text/a');
      blobs.forEach(each =>
        registry.content.putBlob(
          'team/app',
          each.descriptor.digest,
          each.bytes,
        ),
      );
      const answer = await call(
        at(`team/app/manifests/${manifest.descriptor.digest}`),
        {
          method: 'PUT',
          headers: { 'Content-Type': manifest.descriptor.mediaType },
          body: manifest.bytes,
        },
      );
      expect(answer.headers['oci-subject']).toBe(digest);
    });

    it('are an empty index for what has none', async () => {
      expect((await get(`team/app/referrers/${absent}`)).json).toMatchObject({
        manifests: [],
      });
    });
  });

  it('knows which images can be pulled from it', () => {
    const resolve = (rest: string) =>
      registry.resolveImage(`${registry.address}/${rest}`);
    expect(resolve('team/app:a')).toBe('exists');
    expect(resolve(`team/app@${digest}`)).toBe('exists');
    expect(resolve(`team/app:gone@${digest}`)).toBe('exists');
    expect(resolve(`team/app:a@${absent}`)).toBe('missing');
    expect(resolve('team/app:none')).toBe('missing');
    expect(resolve('team/app')).toBe('missing');
    expect(registry.resolveDigest(`${registry.address}/team/app:a`)).toBe(
      digest,
    );
    expect(registry.resolveImage('docker.io/library/nginx:1')).toBe('unknown');
  });
});
