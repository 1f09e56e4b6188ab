import { createDockerHubProvider } from './createDockerHubProvider';

describe('the address of Docker Hub', () => {
  it.each([
    'docker.io',
    'https://docker.io',
    'http://docker.io',
    'index.docker.io',
    'registry-1.docker.io',
    'registry.hub.docker.com',
    'https://hub.docker.com/r/acme/web',
    'https://index.docker.io/v1/',
  ])('may be spelled %s', text => {
    const provider = createDockerHubProvider();
    expect(provider.normalizeAddress!(text)).toBe(
      'https://registry-1.docker.io',
    );
  });

  it('is no other', () => {
    const provider = createDockerHubProvider();
    expect(() => provider.normalizeAddress!('quay.io')).toThrow(
      'quay.io is not Docker Hub',
    );
  });
});
