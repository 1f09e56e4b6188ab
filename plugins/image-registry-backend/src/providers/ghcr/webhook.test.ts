import { ImageEvent } from '@slipway/backstage-plugin-image-registry-node';
import { webhookRequest } from '../../testing/webhookRequest';
import { ghcrWebhook } from './webhook';

function receive(body: unknown, event?: string): ImageEvent[] {
  const request = webhookRequest(body);
  const receipt = ghcrWebhook.receive({
    ...request,
    headers: { ...request.headers, ...(event && { 'x-github-event': event }) },
  });
  if (!('events' in receipt)) {
    throw new Error('no events');
  }
  return receipt.events;
}

const digest = `sha256:${'e'.repeat(64)}`;
const manifestType = 'application/vnd.oci.image.manifest.v1+json';

/** A package as the event `package` tells of it. */
function packageOf(version: object = {}, more: object = {}) {
  return {
    id: 1,
    name: 'web',
    namespace: 'Acme/shop',
    ecosystem: 'CONTAINER',
    package_type: 'CONTAINER',
    owner: { login: 'Acme', type: 'Organization' },
    updated_at: '2026-11-02T10:00:00Z',
    package_version: {
      id: 2,
      version: digest,
      name: digest,
      created_at: '0001-01-01T00:00:00Z',
      updated_at: '0001-01-01T00:00:00Z',
      metadata: [],
      container_metadata: {
        tag: { name: 'v1.2.0', digest },
        manifest: { digest, media_type: manifestType, config: {}, layers: [] },
      },
      package_url: 'ghcr.io/Acme/web:v1.2.0',
      ...version,
    },
    registry: { name: 'GitHub CONTAINER registry', type: 'CONTAINER' },
    ...more,
  };
}

const call = (pack: object, action = 'published') => ({
  action,
  package: pack,
  sender: { login: 'octo' },
});

const pushed = {
  kind: 'push',
  repository: 'acme/web',
  tag: 'v1.2.0',
  digest,
  mediaType: manifestType,
  pushedBy: 'octo',
  occurredAt: '2026-11-02T10:00:00.000Z',
};

describe('webhooks of GitHub', () => {
  it('reads a push in both events alike', () => {
    expect(receive(call(packageOf()), 'package')).toEqual([pushed]);
    const { package: pack, ...rest } = call(packageOf());
    expect(
      receive({ ...rest, registry_package: pack }, 'registry_package'),
    ).toEqual([pushed]);
  });

  it('reads one without a tag, whose URL ends with a colon', () => {
    const [event] = receive(
      call(
        packageOf({
          container_metadata: {
            tag: { name: '', digest: 'sha256:abc' },
            manifest: { digest: 'sha256:abc' },
          },
          package_url: 'ghcr.io/Acme/web:',
        }),
      ),
    );
    expect(event).toMatchObject({
      kind: 'push',
      repository: 'acme/web',
      digest,
    });
    expect(event).not.toHaveProperty('tag');
  });

  it('reads the little that some send, in capital letters', () => {
    expect(
      receive({
        action: 'published',
        package: {
          name: 'api',
          package_type: 'CONTAINER',
          owner: { login: 'Octo' },
          package_version: {
            name: 'v2.0.0',
            container_metadata: { tag: { name: 'v2.0.0' } },
          },
        },
      }),
    ).toEqual([{ kind: 'push', repository: 'octo/api', tag: 'v2.0.0' }]);
  });

  it('reads a name with slashes, and a GitHub Enterprise Server', () => {
    const [event] = receive(
      call(
        packageOf({
          package_url: 'containers.github.example.com/Acme/Shop/Web:v1.2.0',
        }),
      ),
    );
    expect(event).toMatchObject({ repository: 'acme/shop/web', tag: 'v1.2.0' });
  });

  it('reads all tags of a version', () => {
    const events = receive(
      call(
        packageOf({ metadata: { container: { tags: ['v1.2.0', 'latest'] } } }),
      ),
    );
    expect(events.map(({ tag }) => tag)).toEqual(['v1.2.0', 'latest']);
  });

  it('takes the type npm for what the rest says it is', () => {
    const [event] = receive(
      call(
        packageOf(
          {},
          {
            package_type: 'npm',
            ecosystem: 'docker',
            registry: undefined,
          },
        ),
      ),
    );
    expect(event.kind).toBe('push');
    expect(
      receive({
        action: 'published',
        package: {
          name: 'web',
          package_type: 'npm',
          ecosystem: 'npm',
          package_version: { version: '1.0.0' },
        },
      }),
    ).toEqual([{ kind: 'other' }]);
  });

  it.each<[string, object, string]>([
    [
      'a chart',
      {
        container_metadata: {
          tag: { name: '0.1.0' },
          manifest: {
            media_type: manifestType,
            config: { media_type: 'application/vnd.cncf.helm.config.v1+json' },
          },
        },
      },
      'chart',
    ],
    [
      'a signature',
      {
        container_metadata: { tag: { name: `sha256-${'a'.repeat(64)}.sig` } },
      },
      'signature',
    ],
    [
      'an SBOM',
      {
        container_metadata: { tag: { name: `sha256-${'a'.repeat(64)}.sbom` } },
      },
      'sbom',
    ],
  ])('tells %s', (_name, version, kind) => {
    expect(receive(call(packageOf(version)))[0].kind).toBe(kind);
  });

  it.each([
    ['published', 'push'],
    ['UPDATED', 'push'],
    ['deleted', 'delete'],
    ['something-new', 'other'],
  ])('takes the action %s for %s', (action, kind) => {
    expect(receive(call(packageOf(), action))[0].kind).toBe(kind);
  });

  it('reads a form, which is what GitHub sends if nobody chose JSON', () => {
    const form = new URLSearchParams({
      payload: JSON.stringify(call(packageOf())),
    });
    const contentType = 'application/x-www-form-urlencoded';
    expect(ghcrWebhook.contentTypes).toContain(contentType);
    const read = (body: string) =>
      ghcrWebhook.receive(webhookRequest(body, contentType));
    expect(read(form.toString())).toEqual({
      format: 'github',
      events: [pushed],
    });
    expect(() => read('payload=')).toThrow(/^The body/);
    expect(() => read('{"action":"published"}')).toThrow(/^The body/);
  });

  it('takes no package of npm for an image', () => {
    const version = { container_metadata: null, package_url: '' };
    const npm = { package_type: 'NPM', ecosystem: 'npm', registry: null };
    expect(receive(call(packageOf(version, npm)))).toEqual([{ kind: 'other' }]);
  });

  it('knows the ping, with and without its header', () => {
    const ping = { zen: 'Keep it.', hook_id: 1, hook: { events: ['package'] } };
    expect(receive(ping, 'ping')).toEqual([{ kind: 'test' }]);
    expect(receive(ping)).toEqual([{ kind: 'test' }]);
  });

  it('records other events', () => {
    expect(receive({ ref: 'refs/heads/main' }, 'push')).toEqual([
      { kind: 'other' },
    ]);
  });

  it.each([
    { package: null },
    { package: 'web' },
    { action: 7, package: { package_type: 'container', package_version: [] } },
    { PACKAGE: { NAME: '../x', PACKAGE_TYPE: 'container', OWNER: {} } },
    call(packageOf({ package_url: 'ghcr.io/../../etc:x' })),
  ])('survives %j', body => {
    const events = receive(body);
    expect(events).toHaveLength(1);
    expect(events[0]).not.toHaveProperty('repository');
    expect(events[0].kind).toBe('other');
  });

  it.each(['', '[]', '{}', '"x"', '{"events":[]}'])('refuses %j', body => {
    expect(() => receive(body)).toThrow(/^The body/);
  });
});
