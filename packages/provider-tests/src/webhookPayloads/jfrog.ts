import { VendorPayloads } from './VendorPayloads';

const hex = '3a'.repeat(32);
const digest = `sha256:${hex}`;
const header = 'x-jfrog-event-auth';

const image = (key: string, type: string, file: string) => ({
  repo_key: key,
  event_type: type,
  path: `shop/web/v1.3.0/${file}`,
  name: file,
  sha256: hex,
  size: 1206,
  image_name: 'shop/web',
  tag: 'v1.3.0',
  platforms: [
    { architecture: 'amd64', os: 'linux' },
    { architecture: 'arm64', os: 'linux' },
  ],
});
const envelope = (domain: string, type: string, data: object) => ({
  domain,
  event_type: type,
  data,
  subscription_key: 'portal',
  jpd_origin: 'https://acme.jfrog.io',
  source: 'jfrog/ada@example.com',
});
const file = (type: string, path: string, more: object = {}) =>
  envelope('artifact', type, {
    repo_key: 'docker-local',
    path,
    name: path.slice(path.lastIndexOf('/') + 1),
    sha256: hex,
    size: 1206,
    ...more,
  });

const manifest = 'shop/web/v1.3.0/manifest.json';
const name = { repository: 'docker-local/shop/web', tag: 'v1.3.0', digest };
/** Of a remote repository's cache: by both of the names that it has. */
const cached = ['docker-hub-cache/shop/web', 'docker-hub/shop/web'].map(
  repository => ({ kind: 'push', ...name, repository } as const),
);

/** https://docs.jfrog.com/administration/docs/event-types */
export const jfrog: VendorPayloads = {
  registry: { provider: 'jfrog', address: 'https://acme.jfrog.io' },
  proof: { in: 'hmac', name: header, algorithm: 'sha256' },
  payloads: {
    'jfrog-docker-pushed': {
      body: envelope(
        'docker',
        'pushed',
        image('docker-hub-cache', 'pushed', 'list.manifest.json'),
      ),
      events: cached,
    },
    'jfrog-docker-pushed-classic': {
      // Without payload signing the header is the secret itself.
      proof: { in: 'header', name: header },
      body: image('docker-hub-cache', 'pushed', 'list.manifest.json'),
      events: cached,
    },
    'jfrog-docker-deleted-classic': {
      proof: { in: 'header', name: header },
      body: image('docker-local', 'deleted', 'manifest.json'),
      events: [{ kind: 'delete', ...name }],
    },
    // Of all files only a tag's manifest is news of an image.
    'jfrog-artifact-deployed': {
      body: file('deployed', 'notes/read-me.txt'),
      events: [{ kind: 'other' }],
    },
    'jfrog-artifact-deleted': {
      body: file('deleted', manifest),
      events: [{ kind: 'delete', ...name }],
    },
    'jfrog-artifact-moved': {
      body: file('moved', manifest, {
        source_repo_path: 'docker-local',
        target_repo_path: 'docker-prod',
      }),
      events: [{ kind: 'push', ...name, repository: 'docker-prod/shop/web' }],
    },
  },
};
