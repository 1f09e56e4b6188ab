import { InvalidReferenceError } from '@slipway/backstage-plugin-image-registry-common';
import { readTypedReference } from './readTypedReference';

const digest = `sha256:${'a'.repeat(64)}`;
const company = {
  address: 'https://harbor.example.com',
  pullAddress: undefined,
};
const hub = { address: 'https://registry-1.docker.io', pullAddress: undefined };
const project = { ...company, namespace: 'apps' };
const organization = { ...hub, namespace: 'acme' };
const nested = {
  address: 'https://repo.example.com/docker',
  pullAddress: 'https://pull.example.com',
};

describe('readTypedReference', () => {
  it.each([
    ['v1', company, 'apps/web', { repository: 'apps/web', tag: 'v1' }],
    [digest, company, 'apps/web', { repository: 'apps/web', digest }],
    ['apps/web:v1', company, undefined, { repository: 'apps/web', tag: 'v1' }],
    ['apps/web', company, undefined, { repository: 'apps/web', tag: 'latest' }],
    [
      `harbor.example.com/apps/web:v1@${digest}`,
      company,
      undefined,
      { repository: 'apps/web', tag: 'v1', digest },
    ],
    ['nginx', hub, undefined, { repository: 'library/nginx', tag: 'latest' }],
    ['web:v1', project, undefined, { repository: 'apps/web', tag: 'v1' }],
    [`web@${digest}`, project, undefined, { repository: 'apps/web', digest }],
    ['apps/web:v1', project, undefined, { repository: 'apps/web', tag: 'v1' }],
    [
      'nginx',
      organization,
      undefined,
      { repository: 'acme/nginx', tag: 'latest' },
    ],
    [
      'harbor.example.com/web:v1',
      project,
      undefined,
      { repository: 'web', tag: 'v1' },
    ],
    [
      'pull.example.com/apps/web:v1',
      nested,
      undefined,
      { repository: 'apps/web', tag: 'v1' },
    ],
    [
      'repo.example.com/docker/apps/web:v1',
      nested,
      undefined,
      { repository: 'apps/web', tag: 'v1' },
    ],
  ])('reads %s', (text, registry, repository, expected) => {
    expect(readTypedReference(text, registry, repository)).toEqual(expected);
  });

  it('knows a reference of another registry', () => {
    expect(readTypedReference('ghcr.io/acme/web:v1', company)).toBeUndefined();
  });

  it('refuses what is no reference', () => {
    expect(() => readTypedReference('Apps/Web:v1', company)).toThrow(
      InvalidReferenceError,
    );
  });
});
