import {
  formatImageName,
  parseImageName,
  parsePlace,
  parseScope,
} from './place';

describe('the place of a registry', () => {
  it.each([
    ['europe-west1-docker.pkg.dev', { location: 'europe-west1' }],
    ['https://us-docker.pkg.dev/acme/shop', { location: 'us' }],
    ['gcr.io/acme', { location: 'us', legacyRepository: 'gcr.io' }],
    ['http://EU.gcr.io', { location: 'europe', legacyRepository: 'eu.gcr.io' }],
    ['asia.gcr.io', { location: 'asia', legacyRepository: 'asia.gcr.io' }],
  ])('is read from %s', (text, expected) => {
    expect(parsePlace(text)).toMatchObject(expected);
  });

  it.each([
    'registry.example.com',
    'europe-west1-maven.pkg.dev',
    'pkg.dev',
    'x.europe-west1-docker.pkg.dev.evil.example',
    'europe-west1-docker.pkg.dev:8443',
    'k8s.gcr.io',
  ])('is refused in %s', text => {
    expect(() => parsePlace(text)).toThrow(
      /serves no images of Google Artifact Registry/,
    );
  });

  it.each([
    [
      'us-docker.pkg.dev',
      'acme/shop/web',
      { project: 'acme', repository: 'shop', image: 'web' },
    ],
    [
      'us-docker.pkg.dev',
      'acme/shop/tools/lint',
      { project: 'acme', repository: 'shop', image: 'tools/lint' },
    ],
    [
      'us-docker.pkg.dev',
      'example.com/acme/shop/web',
      { project: 'example.com:acme', repository: 'shop', image: 'web' },
    ],
    [
      'gcr.io',
      'acme/tools/lint',
      { project: 'acme', repository: 'gcr.io', image: 'tools/lint' },
    ],
    [
      'us.gcr.io',
      'example.com/acme/web',
      { project: 'example.com:acme', repository: 'us.gcr.io', image: 'web' },
    ],
  ])('%s names images as in %s', (host, path, name) => {
    const place = parsePlace(host);
    expect(parseImageName(place, path)).toEqual(name);
    expect(formatImageName(place, name)).toBe(path);
  });

  it.each([
    ['us-docker.pkg.dev', 'acme/shop'],
    ['us-docker.pkg.dev', 'acme'],
    ['gcr.io', 'acme'],
    ['gcr.io', 'example.com/acme'],
  ])('%s has no image %s', (host, path) => {
    expect(parseImageName(parsePlace(host), path)).toBeUndefined();
  });

  it.each([
    ['us-docker.pkg.dev', 'acme', { project: 'acme' }],
    ['us-docker.pkg.dev', 'acme/shop', { project: 'acme', repository: 'shop' }],
    ['us-docker.pkg.dev', 'example.com/acme', { project: 'example.com:acme' }],
    ['gcr.io', 'acme', { project: 'acme', repository: 'gcr.io' }],
  ])('%s limits browsing by %s', (host, namespace, scope) => {
    expect(parseScope(parsePlace(host), namespace)).toEqual(scope);
  });
});
