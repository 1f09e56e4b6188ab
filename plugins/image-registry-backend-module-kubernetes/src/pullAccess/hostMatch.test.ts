import { keyFits, keyFor } from './hostMatch';

/** Key of a Docker configuration, registry, whether the kubelet tries it. */
const cases: Array<[string, string, boolean]> = [
  ['registry.example', 'registry.example', true],
  ['https://registry.example/v2/', 'registry.example', true],
  ['http://registry.example', 'registry.example', true],
  ['registry.example', 'other.example', false],
  ['registry.example:5000', 'registry.example:5000', true],
  ['registry.example', 'registry.example:5000', false],
  ['registry.example:5000', 'registry.example', false],
  ['*.example', 'registry.example', true],
  ['*.example', 'a.registry.example', false],
  ['*.*.example', 'a.registry.example', true],
  ['re?istry.example', 'registry.example', true],
  ['*.dkr.ecr.*.amazonaws.com', '1.dkr.ecr.eu-west-1.amazonaws.com', true],
  ['registry.example/team', 'registry.example/team/app', true],
  ['registry.example/team', 'registry.example/other/app', false],
  ['registry.example/team', 'registry.example', false],
  ['https://index.docker.io/v1/', 'docker.io', true],
  ['index.docker.io', 'docker.io/library/nginx', true],
  ['docker.io', 'docker.io', true],
  ['docker.io', 'index.docker.io', true],
  ['index.docker.io', 'index.docker.io', true],
  ['registry-1.docker.io', 'docker.io', false],
  ['https://index.docker.io/v1/', 'registry.example', false],
];

describe('keyFits', () => {
  it.each(cases)('%s for %s: %s', (key, registry, fits) => {
    expect(keyFits(key, registry)).toBe(fits);
  });
});

describe('keyFor', () => {
  it.each([
    ['docker.io', 'https://index.docker.io/v1/'],
    ['index.docker.io', 'https://index.docker.io/v1/'],
    ['registry.example:5000', 'registry.example:5000'],
    ['registry.example/team', 'registry.example/team'],
  ])('%s is written as %s, which fits', (registry, key) => {
    expect(keyFor(registry)).toBe(key);
    expect(keyFits(key, registry)).toBe(true);
  });
});
