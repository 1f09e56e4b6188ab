import {
  ImageEvent,
  WebhookRequest,
} from '@slipway/backstage-plugin-image-registry-node';
import { webhookRequest } from '../../testing/webhookRequest';
import { jfrogWebhook } from './webhook';

type Registry = WebhookRequest['registry'];

function receive(body: unknown, registry?: Registry) {
  const receipt = jfrogWebhook.receive({ ...webhookRequest(body), registry });
  if (!('events' in receipt)) {
    throw new Error('no events');
  }
  return receipt;
}

const hex = 'a1b2'.repeat(16);
const digest = `sha256:${hex}`;

/** As a predefined webhook of the domain docker sends it. */
function docker(type: string, data: object = {}) {
  return {
    domain: 'docker',
    event_type: type,
    data: {
      repo_key: 'docker-local',
      event_type: type,
      path: 'shop/web/v1.3.0/list.manifest.json',
      name: 'list.manifest.json',
      sha256: hex,
      size: 1104,
      image_name: 'shop/web',
      tag: 'v1.3.0',
      platforms: [
        { architecture: 'amd64', os: 'linux' },
        { architecture: 'arm64', os: 'linux' },
      ],
      ...data,
    },
    subscription_key: 'portal',
    jpd_origin: 'https://acme.jfrog.io',
    source: 'jfrog/ann@example.com',
  };
}

function file(type: string, path: string, data: object = {}) {
  return {
    domain: 'artifact',
    event_type: type,
    data: {
      repo_key: 'docker-local',
      path,
      name: path.slice(path.lastIndexOf('/') + 1),
      sha256: hex,
      size: 1104,
      ...data,
    },
    subscription_key: 'portal',
    jpd_origin: '',
    source: 'jfrog/ann@example.com',
  };
}

const push: ImageEvent = {
  kind: 'push',
  repository: 'docker-local/shop/web',
  tag: 'v1.3.0',
  digest,
  pushedBy: 'ann@example.com',
};

describe('webhooks of the JFrog Platform', () => {
  it.each<[string, unknown, ImageEvent[]]>([
    ['a push', docker('pushed'), [push]],
    ['a promotion', docker('promoted'), [push]],
    [
      'a child of an index, in the folder of its digest',
      docker('pushed', { tag: `sha256__${'c3d4'.repeat(16)}` }),
      [
        {
          kind: 'push',
          repository: push.repository,
          digest: `sha256:${'c3d4'.repeat(16)}`,
          pushedBy: push.pushedBy,
        },
      ],
    ],
    ['a deletion', docker('deleted'), [{ ...push, kind: 'delete' }]],
    ['an unknown type', docker('signed'), [{ ...push, kind: 'other' }]],
    [
      'a signature',
      docker('pushed', { tag: `sha256-${hex}.sig` }),
      [{ ...push, kind: 'signature', tag: `sha256-${hex}.sig` }],
    ],
    [
      'a push into the cache of a remote repository',
      docker('pushed', { repo_key: 'docker-hub-cache' }),
      [
        { ...push, repository: 'docker-hub-cache/shop/web' },
        { ...push, repository: 'docker-hub/shop/web' },
      ],
    ],
    [
      'the data alone, without the envelope',
      docker('pushed').data,
      [{ ...push, pushedBy: undefined }],
    ],
    [
      'the manifest among the files',
      file('deployed', 'shop/web/v1.3.0/manifest.json'),
      [push],
    ],
    [
      'the manifest of a child of an index',
      file('deployed', `shop/web/sha256:${hex}/manifest.json`),
      [{ ...push, tag: undefined }],
    ],
    [
      'a layer',
      file('deployed', `shop/web/v1.3.0/sha256__${hex}`),
      [{ ...push, kind: 'blob', digest: undefined, tag: undefined }],
    ],
    [
      'a move into another repository',
      file('moved', 'shop/web/v1.3.0/manifest.json', {
        target_repo_path: 'docker-prod',
      }),
      [{ ...push, repository: 'docker-prod/shop/web' }],
    ],
    [
      'a copy to another name',
      file('copied', 'shop/web/v1.3.0/manifest.json', {
        target_repo_path: 'docker-prod/shop/front/stable/manifest.json',
      }),
      [{ ...push, repository: 'docker-prod/shop/front', tag: 'stable' }],
    ],
    [
      'a move to nowhere',
      file('moved', 'shop/web/v1.3.0/manifest.json'),
      [{ ...push, kind: 'other', repository: undefined }],
    ],
    [
      'a file of another kind',
      file('deployed', 'org/acme/web/1.0/web-1.0.jar'),
      [{ kind: 'other', pushedBy: 'ann@example.com' }],
    ],
    [
      'another domain',
      { ...docker('locked'), domain: 'user', data: { username: 'ann' } },
      [{ kind: 'other', pushedBy: 'ann@example.com' }],
    ],
    [
      'unknown fields, and names in another case',
      {
        DOMAIN: 'Docker',
        Event_Type: 'PUSHED',
        data: { Repo_Key: 'docker-local', image_Name: 'web', tag: '1', new: 1 },
      },
      [{ kind: 'push', repository: 'docker-local/web', tag: '1' }],
    ],
    [
      'nothing of an image',
      { domain: 'docker', event_type: 'pushed', data: {} },
      [{ kind: 'other' }],
    ],
    [
      'fields of other types',
      {
        domain: 'docker',
        event_type: 'pushed',
        data: { repo_key: 7, tag: [] },
      },
      [{ kind: 'other' }],
    ],
  ])('reads %s', (_, body, events) => {
    // Absent and undefined are the same here.
    expect(JSON.parse(JSON.stringify(receive(body).events))).toEqual(
      JSON.parse(JSON.stringify(events)),
    );
  });

  const bySubdomain = {
    address: 'https://docker-local.example.com',
    options: { accessMethod: 'subdomain' },
  };
  const virtual = {
    address: 'https://acme.jfrog.io',
    namespace: 'docker',
    options: { sourceRepositories: 'docker-local, docker-dev' },
  };

  it.each<[string, string, Registry, string[]]>([
    ['of a subdomain', 'docker-local', bySubdomain, ['shop/web']],
    ['of another repository', 'docker-prod', bySubdomain, []],
    [
      'of a port',
      'docker-local',
      {
        address: 'https://example.com:5001',
        options: { accessMethod: 'port', repositoryKey: 'docker-local' },
      },
      ['shop/web'],
    ],
    [
      'behind a virtual repository',
      'docker-dev',
      virtual,
      ['docker-dev/shop/web', 'docker/shop/web'],
    ],
    ['of nothing behind it', 'docker-prod', virtual, ['docker-prod/shop/web']],
  ])('names an image %s as Docker does', (_, key, registry, names) => {
    const { events } = receive(docker('pushed', { repo_key: key }), registry);
    expect(events.flatMap(event => event.repository ?? [])).toEqual(names);
    expect(events.map(event => event.kind)).toEqual(
      names.length ? names.map(() => 'push') : ['other'],
    );
  });

  it.each(['', '[]', '{}', '{"domain":"docker"}', '{"repo_key":"x"}'])(
    'refuses %s',
    body => {
      expect(() => receive(body)).toThrow(/^The body/);
    },
  );
});
