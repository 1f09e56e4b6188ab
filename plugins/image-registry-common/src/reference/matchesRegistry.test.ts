import { formatReference, parseReference } from './ImageReference';
import { matchesRegistry, referenceInRegistry } from './matchesRegistry';
import { parseRegistryAddress } from './RegistryAddress';

describe('matchesRegistry', () => {
  it.each([
    ['nginx', 'registry.hub.docker.com', 'library/nginx'],
    ['index.docker.io/a/b:1', 'https://index.docker.io/v1/', 'a/b'],
    ['ghcr.io/a/b', 'ghcr.io', 'a/b'],
    ['ghcr.io/a/b', 'ghcr.io/a', 'a/b'],
    ['Registry.Example.com/a', 'registry.example.com', 'a'],
    ['registry.example.com:443/a', 'https://registry.example.com', 'a'],
    ['registry.example.com:80/a', 'http://registry.example.com', 'a'],
    ['registry.example.com:443/a', 'http://registry.example.com', undefined],
    ['registry.example.com/a', 'registry.example.com:5000', undefined],
    ['registry.example.com:5000/a', 'registry.example.com', undefined],
    ['registry:443/a', 'https://registry', 'a'],
    ['www.est.com/test/app', 'www.est.com/test', 'app'],
    ['www.est.com/testing/app', 'www.est.com/test', undefined],
    ['www.est.com/test', 'www.est.com/test', undefined],
    ['quay.io/a/b', 'ghcr.io', undefined],
    ['example.com/a', 'evil-example.com', undefined],
  ])('%s in %s: %s', (reference, address, repository) => {
    expect(
      matchesRegistry(parseReference(reference), parseRegistryAddress(address))
        ?.repository,
    ).toBe(repository);
  });

  it('takes the address that clusters pull from as well', () => {
    const pull = parseRegistryAddress('host.example.com/images');
    const api = parseRegistryAddress('host.example.com/api/docker/images');
    expect(
      matchesRegistry(parseReference('host.example.com/images/web'), pull, api),
    ).toEqual({ repository: 'web' });
    expect(
      matchesRegistry(parseReference('host.example.com/other/web'), pull, api),
    ).toBeUndefined();
  });
});

describe('referenceInRegistry', () => {
  it.each([
    ['docker.io', 'nginx', 'docker.io/library/nginx:1', 'library/nginx'],
    ['http://registry', 'a/b', 'registry:80/a/b:1', 'a/b'],
    ['host.example.com/images', 'web', 'host.example.com/images/web:1', 'web'],
  ])('%s with %s: %s', (address, repository, formatted, named) => {
    const place = parseRegistryAddress(address);
    const reference = referenceInRegistry(place, { repository, tag: '1' });
    expect(formatReference(reference)).toBe(formatted);
    expect(matchesRegistry(reference, place)).toEqual({ repository: named });
  });
});
