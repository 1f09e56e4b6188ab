import { readFileSync } from 'node:fs';
import path from 'node:path';
import { bearer, ExpectedEvent, VendorPayloads } from './VendorPayloads';

/** What `docker-registry` 2.8 and distribution 3 sent to a listener of ours. */
const captures = path.resolve(
  __dirname,
  '../../../sandbox/src/registry/__fixtures__',
);

const app =
  'sha256:e35f72d7813215673c0d68a759be003a71115c93d404c8e1723c6f6f9bba7e17';
const child =
  'sha256:2c1057938fe40ecd7ea3576e3f45c726755045e7ad67f957a998f98d24132f59';
const layer =
  'sha256:20c1d1cb3388062f56febb817e3538537c4b2d7001612064967ce4cc1154bae3';
const chart =
  'sha256:76a0c5a4bce1654c1d5716f715fca1d2c15de3a98411509281bfda6a9f914960';
const tagged = { repository: 'team/app', tag: '1.0.0', digest: app };

const captured: Readonly<Record<string, ExpectedEvent>> = {
  'v2.8-push-tag': { kind: 'push', ...tagged },
  'v2.8-delete-manifest': {
    kind: 'delete',
    repository: 'team/charts/web',
    digest: chart,
  },
  'v2.8-delete-manifest-implied-tag': {
    kind: 'delete',
    repository: 'team/charts/web',
    tag: '0.3.1',
  },
  'v3-push-tag': { kind: 'push', ...tagged },
  'v3-push-digest-only': {
    kind: 'push',
    repository: 'team/app',
    digest: child,
  },
  'v3-push-blob': { kind: 'blob', repository: 'team/app', digest: layer },
  'v3-push-helm-chart': {
    kind: 'chart',
    repository: 'team/charts/web',
    tag: '0.3.1',
    digest: chart,
  },
  'v3-pull-tag': { kind: 'pull', ...tagged },
  'v3-delete-tag': { kind: 'delete', repository: 'team/app', tag: 'latest' },
  'v3-delete-manifest': {
    kind: 'delete',
    repository: 'team/app',
    digest: child,
  },
  // Nothing in it tells that this was a layer.
  'v3-delete-blob': { kind: 'delete', repository: 'team/copy', digest: layer },
};

const digest = `sha256:${'e5'.repeat(32)}`;
const place = { repository: 'shop/web', digest };
const host = 'registry.example.com';

/** One event with everything that goes with it. */
export const notification = (action: string, target: object) => ({
  events: [
    {
      id: '9a4b2d10-0000-4000-8000-000000000001',
      timestamp: '2026-11-17T09:30:26.402973972+01:00',
      action,
      target,
      request: {
        id: '9a4b2d10-0000-4000-8000-000000000002',
        addr: '192.0.2.11:42961',
        host,
        method: action === 'pull' ? 'GET' : 'PUT',
        useragent: 'docker/27.3.1 go/go1.23 os/linux arch/amd64',
      },
      actor: { name: 'ada' },
      source: {
        addr: `${host}:5000`,
        instanceID: '9a4b2d10-0000-4000-8000-000000000003',
      },
    },
  ],
});

/** An image by its tag, as it stands in a notification. */
export const taggedTarget = {
  mediaType: 'application/vnd.docker.distribution.manifest.v2+json',
  size: 708,
  length: 708,
  ...place,
  url: `https://${host}/v2/shop/web/manifests/${digest}`,
  tag: 'v1.3.0',
};

/** What {@link taggedTarget} is named. */
export const taggedName = { ...place, tag: 'v1.3.0' };

/** As zot 2.1 sends it: the manifest in a text of its own. */
const zotImage = {
  name: 'shop/web',
  reference: 'v1.3.0',
  digest,
  mediaType: 'application/vnd.oci.image.manifest.v1+json',
  manifest: JSON.stringify({
    schemaVersion: 2,
    mediaType: 'application/vnd.oci.image.manifest.v1+json',
    config: { mediaType: 'application/vnd.oci.image.config.v1+json' },
    layers: [{ mediaType: 'application/vnd.oci.image.layer.v1.tar+gzip' }],
  }),
  actor: { name: 'ada' },
};

/**
 * https://distribution.github.io/distribution/about/notifications/ and, for
 * whoever pushes in its stead, https://cloudevents.io; not among the
 * reference: https://zotregistry.dev/latest/articles/events/ and
 * https://docs.gitea.com/usage/repository/webhooks
 */
export const distribution: VendorPayloads = {
  registry: { provider: 'distribution', address: `https://${host}` },
  proof: bearer,
  payloads: {
    ...Object.fromEntries(
      Object.entries(captured).map(([name, event]) => [
        `distribution-captured-${name}`,
        {
          body: readFileSync(
            path.join(captures, `distribution-captured-${name}.json`),
            'utf8',
          ),
          contentType: `application/vnd.docker.distribution.events.${
            name.startsWith('v2.8') ? 'v1' : 'v2'
          }+json`,
          events: [event],
        },
      ]),
    ),
    'distribution-push': {
      body: notification('push', taggedTarget),
      events: [{ kind: 'push', ...taggedName }],
    },
    'distribution-pull': {
      body: notification('pull', taggedTarget),
      contentType: 'application/vnd.docker.distribution.events.v2+json',
      events: [{ kind: 'pull', ...taggedName }],
    },
    // The documentation shows this target without the event it belongs to.
    'distribution-delete-target': {
      body: notification('delete', place),
      contentType: 'application/vnd.docker.distribution.events.v2+json',
      events: [{ kind: 'delete', ...place }],
    },
    'cloudevents-generic-container-push': {
      body: {
        specversion: '1.0',
        id: 'build-4711',
        type: 'container.image.push',
        source: `https://${host}`,
        subject: 'shop/web:v1.3.0',
        time: '2026-11-17T10:05:00Z',
        datacontenttype: 'application/json',
        data: { ...taggedName, registryUrl: host },
      },
      contentType: 'application/cloudevents+json',
      events: [{ kind: 'push', ...taggedName }],
    },
    'zot-image-updated': {
      headers: {
        'ce-specversion': '1.0',
        'ce-id': '9a4b2d10-0000-4000-8000-000000000004',
        'ce-type': 'zotregistry.image.updated',
        'ce-source': 'zotregistry.dev',
        'ce-time': '2026-11-17T10:05:00Z',
      },
      body: zotImage,
      events: [{ kind: 'push', ...taggedName }],
    },
    'gitea-package-created': {
      headers: { 'x-gitea-event': 'package' },
      body: {
        action: 'created',
        repository: null,
        package: {
          id: 31,
          owner: { id: 7, login: 'Shop', username: 'Shop' },
          repository: null,
          creator: { id: 8, login: 'ada' },
          type: 'container',
          name: 'web',
          version: 'v1.3.0',
          html_url:
            'https://git.example.com/Shop/-/packages/container/web/v1.3.0',
          created_at: '2026-11-17T10:05:00Z',
        },
        organization: { id: 7, name: 'Shop' },
        sender: { id: 8, login: 'ada' },
      },
      events: [{ kind: 'push', repository: 'shop/web', tag: 'v1.3.0' }],
    },
  },
};
