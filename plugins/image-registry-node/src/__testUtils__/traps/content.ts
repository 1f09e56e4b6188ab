import {
  descriptorOf,
  layerType,
  ociIndexType,
  ociManifestType,
  serveContent,
  someDigest,
  stored,
  unknown,
} from '../images';
import { Trap, client, config, expectFailure, manifest, serve } from './Trap';

/** Traps of names, manifests and configs. */
export const contentTraps: readonly Trap[] = [
  {
    number: 'A.2',
    what: 'no URL is made of what is neither repository, tag nor digest',
    run: async () => {
      const server = await serve(() => ({}));
      const oci = client(server);
      await expect(oci.listTags('demo/../admin')).rejects.toThrow(/repository/);
      await expect(oci.resolve('demo/web', '../blobs')).rejects.toThrow(/tag/);
      await expect(oci.blob('demo/web', 'latest')).rejects.toThrow(/digest/);
      expect(server.requests).toEqual([]);
    },
  },
  {
    number: 'A.3',
    what: 'the digest is taken over the bytes as they came',
    run: async () => {
      const server = await serve(request => {
        const answer = serveContent([], { v1: manifest })(request);
        delete answer.headers?.['docker-content-digest'];
        return answer;
      });
      const read = await client(server).manifest('demo/web', 'v1');
      expect(read.digest).toBe(manifest.digest);
      // HEAD says no digest: a GET follows.
      expect((await client(server).resolve('demo/web', 'v1')).digest).toBe(
        manifest.digest,
      );
      expect(server.log.slice(-2)).toEqual([
        'HEAD /v2/demo/web/manifests/v1',
        'GET /v2/demo/web/manifests/v1',
      ]);
    },
  },
  {
    number: 'A.3',
    what: 'other bytes than the digest says are refused',
    run: async () => {
      const server = await serve(() => ({
        headers: {
          'content-type': ociManifestType,
          'docker-content-digest': someDigest('another'),
        },
        body: manifest.bytes,
      }));
      const oci = client(server);
      const wrong = /not what its digest says: expected sha256:/;
      await expectFailure(
        oci.manifest('demo/web', 'v1'),
        'invalid-response',
        wrong,
      );
      await expectFailure(
        oci.manifest('demo/web', someDigest('wanted')),
        'invalid-response',
        wrong,
      );
      await expectFailure(
        oci.resolve('demo/web', someDigest('wanted')),
        'invalid-response',
        wrong,
      );
    },
  },
  {
    number: 'A.3',
    what: 'a media type in the body that contradicts the header is refused',
    run: async () => {
      const server = await serve(() => ({
        headers: { 'content-type': `${ociIndexType}; charset=utf-8` },
        body: manifest.bytes,
      }));
      await expectFailure(
        client(server).manifest('demo/web', 'v1'),
        'invalid-response',
        /served as application\/vnd\.oci\.image\.index/,
      );
    },
  },
  {
    number: 'A.3',
    what: 'a config is only read when it is that of an image',
    run: async () => {
      const chart = stored(ociManifestType, {
        schemaVersion: 2,
        config: {
          mediaType: 'application/vnd.cncf.helm.config.v1+json',
          digest: someDigest('chart'),
          size: 10,
        },
        layers: [],
      });
      const signature = stored(ociManifestType, {
        schemaVersion: 2,
        config: descriptorOf(config),
        layers: [
          {
            mediaType: 'application/vnd.dev.cosign.simplesigning.v1+json',
            digest: someDigest('payload'),
            size: 10,
          },
        ],
      });
      const artifact = stored(ociManifestType, {
        schemaVersion: 2,
        artifactType: 'application/vnd.example.report',
        config: {
          mediaType: 'application/vnd.oci.empty.v1+json',
          digest: someDigest('{}'),
          size: 2,
        },
        layers: [],
      });
      const server = await serve(
        serveContent([config], { chart, signature, artifact }),
      );
      const oci = client(server);
      expect(await oci.inspect('demo/web', 'chart')).toMatchObject({
        kind: 'helm-chart',
        artifactType: 'application/vnd.cncf.helm.config.v1+json',
      });
      expect((await oci.inspect('demo/web', 'signature')).kind).toBe(
        'signature',
      );
      expect(await oci.inspect('demo/web', 'artifact')).toMatchObject({
        kind: 'artifact',
        artifactType: 'application/vnd.example.report',
      });
      expect(server.log.filter(line => line.includes('/blobs/'))).toEqual([
        `GET /v2/demo/web/blobs/${config.digest}`,
      ]);
    },
  },
  {
    number: 'E.17',
    what: 'only the JSON of a registry makes an image absent',
    run: async () => {
      const absent = await serve(() => unknown('MANIFEST_UNKNOWN'));
      await expectFailure(
        client(absent).resolve('demo/web', 'v1'),
        'not-found',
        /demo\/web:v1 does not exist/,
      );
      for (const body of ['404 page not found', '<html></html>', '']) {
        const elsewhere = await serve(() => ({ status: 404, body }));
        await expectFailure(
          client(elsewhere).resolve('demo/web', 'v1'),
          'invalid-response',
          /not as a registry does/,
        );
      }
      const denied = await serve(() => ({
        status: 403,
        body: { errors: [{ code: 'DENIED' }] },
      }));
      await expectFailure(
        client(denied).resolve('demo/web', 'v1'),
        'forbidden',
      );
    },
  },
  {
    number: 'E.18',
    what: 'all types are accepted, and schema 1 is refused in words',
    run: async () => {
      const index = stored(ociIndexType, {
        schemaVersion: 2,
        mediaType: ociIndexType,
        manifests: [],
      });
      const picky = await serve(request =>
        request.headers.accept?.includes(ociIndexType)
          ? serveContent([], { v1: index })(request)
          : unknown('MANIFEST_UNKNOWN'),
      );
      expect((await client(picky).resolve('demo/web', 'v1')).digest).toBe(
        index.digest,
      );
      const old = await serve(() => ({
        headers: {
          'content-type':
            'application/vnd.docker.distribution.manifest.v1+prettyjws',
          'docker-content-digest': someDigest('old'),
        },
        body: { schemaVersion: 1 },
      }));
      await expectFailure(
        client(old).inspect('demo/web', 'v1'),
        'unsupported',
        /demo\/web:v1 has the outdated format Docker schema 1/,
      );
      await expectFailure(client(old).resolve('demo/web', 'v1'), 'unsupported');
    },
  },
  {
    number: 'E.21',
    what: 'attestations in an index are no platforms',
    run: async () => {
      const child = { ...descriptorOf(manifest) };
      const index = stored(ociIndexType, {
        schemaVersion: 2,
        mediaType: ociIndexType,
        manifests: [
          { ...child, platform: { os: 'linux', architecture: 'amd64' } },
          {
            mediaType: ociManifestType,
            digest: someDigest('attestation'),
            size: 1,
            platform: { os: 'unknown', architecture: 'unknown' },
            annotations: {
              'vnd.docker.reference.type': 'attestation-manifest',
            },
          },
        ],
      });
      const server = await serve(
        serveContent([manifest, config], { v1: index }),
      );
      const image = await client(server).inspect('demo/web', 'v1');
      expect(image).toMatchObject({
        kind: 'image',
        digest: index.digest,
        size: 1023,
        platforms: [
          {
            platform: { os: 'linux', architecture: 'amd64' },
            digest: manifest.digest,
            imageId: config.digest,
          },
        ],
      });
      expect(server.requests).toHaveLength(3);
    },
  },
  {
    number: 'E.23',
    what: 'resolving is one HEAD, which costs nothing of the pull limit',
    run: async () => {
      const server = await serve(serveContent([], { v1: manifest }));
      expect(await client(server).resolve('demo/web', 'v1')).toEqual({
        digest: manifest.digest,
        mediaType: ociManifestType,
        size: manifest.bytes.length,
      });
      expect(server.log).toEqual(['HEAD /v2/demo/web/manifests/v1']);
    },
  },
  {
    number: 'E.36',
    what: 'upper case in a repository is refused before it is asked for',
    run: async () => {
      const server = await serve(() => ({}));
      await expect(client(server).resolve('MyOrg/Web', 'v1')).rejects.toThrow(
        /lower-case/,
      );
      expect(server.requests).toEqual([]);
    },
  },
  {
    number: 'E.42',
    what: 'times become ISO 8601, and what is none is left out',
    run: async () => {
      const odd = stored(config.mediaType, {
        os: 'linux',
        architecture: 'amd64',
        created: 'yesterday',
      });
      const oddManifest = stored(ociManifestType, {
        schemaVersion: 2,
        config: descriptorOf(odd),
        layers: [{ mediaType: layerType, digest: someDigest('l'), size: 5 }],
      });
      const server = await serve(
        serveContent([config, odd], { v1: manifest, odd: oddManifest }),
      );
      const oci = client(server);
      expect((await oci.inspect('demo/web', 'v1')).createdAt).toBe(
        '2026-01-02T03:04:05.123Z',
      );
      expect((await oci.inspect('demo/web', 'odd')).createdAt).toBeUndefined();
    },
  },
];
