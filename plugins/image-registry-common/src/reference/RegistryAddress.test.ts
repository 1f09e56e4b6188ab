import fc from 'fast-check';
import { InvalidRegistryAddressError } from './errors';
import { parseRegistryAddress, RegistryAddress } from './RegistryAddress';

describe('parseRegistryAddress', () => {
  const hub = 'https://registry-1.docker.io';

  it.each([
    // Docker Hub, by every name that people know it by.
    ['registry.hub.docker.com', hub, 'docker.io', []],
    ['https://registry.hub.docker.com', hub, 'docker.io', []],
    [
      'http://registry.hub.docker.com',
      hub,
      'docker.io',
      ['address-upgraded-to-https'],
    ],
    ['hub.docker.com', hub, 'docker.io', []],
    ['index.docker.io', hub, 'docker.io', []],
    [
      'https://index.docker.io/v1/',
      hub,
      'docker.io',
      ['address-api-path-removed'],
    ],
    [
      'https://registry-1.docker.io/v2/',
      hub,
      'docker.io',
      ['address-api-path-removed'],
    ],
    ['docker.io', hub, 'docker.io', []],
    ['Docker.IO/', hub, 'docker.io', []],
    ['docker.io:443', hub, 'docker.io', []],
    ['http://docker.io:80', hub, 'docker.io', ['address-upgraded-to-https']],
    // Addresses of the seed documents.
    [
      'https://registry.example.com',
      'https://registry.example.com',
      'registry.example.com',
      [],
    ],
    [
      'registry.example.com',
      'https://registry.example.com',
      'registry.example.com',
      [],
    ],
    [
      'www.est.com/test',
      'https://www.est.com/test',
      'www.est.com',
      ['address-path-is-prefix'],
    ],
    [
      'http://registry.cn-shanghai.aliyuncs.com',
      'https://registry.cn-shanghai.aliyuncs.com',
      'registry.cn-shanghai.aliyuncs.com',
      ['address-upgraded-to-https'],
    ],
    [
      'https://koderover-zadig.tencentcloudcr.com',
      'https://koderover-zadig.tencentcloudcr.com',
      'koderover-zadig.tencentcloudcr.com',
      [],
    ],
    [
      'https://swr.cn-east-3.myhuaweicloud.com',
      'https://swr.cn-east-3.myhuaweicloud.com',
      'swr.cn-east-3.myhuaweicloud.com',
      [],
    ],
    [
      'https://koderover-zadig.dkr.ecr.ap-northeast-1.amazonaws.com',
      'https://koderover-zadig.dkr.ecr.ap-northeast-1.amazonaws.com',
      'koderover-zadig.dkr.ecr.ap-northeast-1.amazonaws.com',
      [],
    ],
    ['https://test.jfrog.io', 'https://test.jfrog.io', 'test.jfrog.io', []],
    [
      'http://harbor.internal',
      'http://harbor.internal',
      'harbor.internal',
      ['address-plain-http'],
    ],
    // Known public hosts given as http.
    [
      'http://ghcr.io',
      'https://ghcr.io',
      'ghcr.io',
      ['address-upgraded-to-https'],
    ],
    [
      'http://quay.io/',
      'https://quay.io',
      'quay.io',
      ['address-upgraded-to-https'],
    ],
    [
      'http://gcr.io',
      'https://gcr.io',
      'gcr.io',
      ['address-upgraded-to-https'],
    ],
    [
      'http://eu.gcr.io',
      'https://eu.gcr.io',
      'eu.gcr.io',
      ['address-upgraded-to-https'],
    ],
    [
      'http://europe-docker.pkg.dev',
      'https://europe-docker.pkg.dev',
      'europe-docker.pkg.dev',
      ['address-upgraded-to-https'],
    ],
    [
      'http://team.azurecr.io',
      'https://team.azurecr.io',
      'team.azurecr.io',
      ['address-upgraded-to-https'],
    ],
    [
      'http://registry.gitlab.com',
      'https://registry.gitlab.com',
      'registry.gitlab.com',
      ['address-upgraded-to-https'],
    ],
    [
      'http://1.dkr.ecr.eu-west-1.amazonaws.com',
      'https://1.dkr.ecr.eu-west-1.amazonaws.com',
      '1.dkr.ecr.eu-west-1.amazonaws.com',
      ['address-upgraded-to-https'],
    ],
    [
      'http://swr.cn-east-3.myhuaweicloud.com',
      'https://swr.cn-east-3.myhuaweicloud.com',
      'swr.cn-east-3.myhuaweicloud.com',
      ['address-upgraded-to-https'],
    ],
    [
      'http://a.tencentcloudcr.com',
      'https://a.tencentcloudcr.com',
      'a.tencentcloudcr.com',
      ['address-upgraded-to-https'],
    ],
    // A host that only ends like a public one is none.
    [
      'http://evilghcr.io',
      'http://evilghcr.io',
      'evilghcr.io',
      ['address-plain-http'],
    ],
    [
      'http://docker.io.example.com',
      'http://docker.io.example.com',
      'docker.io.example.com',
      ['address-plain-http'],
    ],
    // Spellings of host and port.
    [
      '  registry.example.com  ',
      'https://registry.example.com',
      'registry.example.com',
      [],
    ],
    [
      'HTTPS://Registry.Example.COM/',
      'https://registry.example.com',
      'registry.example.com',
      [],
    ],
    [
      'registry.example.com.',
      'https://registry.example.com',
      'registry.example.com',
      [],
    ],
    [
      'registry.example.com:443',
      'https://registry.example.com',
      'registry.example.com',
      [],
    ],
    [
      'http://registry.example.com:80',
      'http://registry.example.com',
      'registry.example.com',
      ['address-plain-http'],
    ],
    [
      'registry.example.com:5000',
      'https://registry.example.com:5000',
      'registry.example.com:5000',
      [],
    ],
    [
      'http://10.1.2.3:5000',
      'http://10.1.2.3:5000',
      '10.1.2.3:5000',
      ['address-plain-http'],
    ],
    ['10.1.2.3:5000', 'https://10.1.2.3:5000', '10.1.2.3:5000', []],
    [
      'https://[2001:DB8::0:1]:5000/',
      'https://[2001:db8::1]:5000',
      '[2001:db8::1]:5000',
      [],
    ],
    ['[::1]:5000', 'http://[::1]:5000', '[::1]:5000', ['address-assumed-http']],
    ['localhost', 'http://localhost', 'localhost', ['address-assumed-http']],
    [
      'localhost:5000',
      'http://localhost:5000',
      'localhost:5000',
      ['address-assumed-http'],
    ],
    ['https://localhost:5000', 'https://localhost:5000', 'localhost:5000', []],
    [
      '127.0.0.1:5000',
      'http://127.0.0.1:5000',
      '127.0.0.1:5000',
      ['address-assumed-http'],
    ],
    ['registry', 'https://registry', 'registry:443', []],
    [
      'http://registry',
      'http://registry',
      'registry:80',
      ['address-plain-http'],
    ],
    [
      'http:registry.example.com',
      'http://registry.example.com',
      'registry.example.com',
      ['address-plain-http'],
    ],
    // Paths.
    [
      'https://registry.example.com/v2',
      'https://registry.example.com',
      'registry.example.com',
      ['address-api-path-removed'],
    ],
    [
      'https://registry.example.com/v2/_catalog',
      'https://registry.example.com',
      'registry.example.com',
      ['address-api-path-removed'],
    ],
    [
      'https://host.example.com/artifactory/api/docker/Key/v2/',
      'https://host.example.com/artifactory/api/docker/Key',
      'host.example.com',
      ['address-api-path-removed', 'address-path-is-prefix'],
    ],
    [
      'https://nexus.example.com/repository/images',
      'https://nexus.example.com/repository/images',
      'nexus.example.com',
      ['address-path-is-prefix'],
    ],
    [
      'https://harbor.example.com/harbor/projects/3/repositories',
      'https://harbor.example.com',
      'harbor.example.com',
      ['address-web-page-removed'],
    ],
  ])('%s → %s', (text, url, registry, warnings) => {
    const address = parseRegistryAddress(text);
    expect(address).toMatchObject({ url, registry });
    expect(address.warnings.map(warning => warning.code)).toEqual(warnings);
    expect(parseRegistryAddress(url)).toMatchObject({ url, registry });
  });

  it.each([
    ['docker.io/koderover', 'koderover'],
    ['https://hub.docker.com/u/koderover', 'koderover'],
    ['https://hub.docker.com/r/koderover/zadig/tags', 'koderover'],
    ['https://hub.docker.com/_/nginx', 'library'],
    ['https://hub.docker.com/repository/docker/koderover/zadig', 'koderover'],
    ['https://hub.docker.com/orgs/koderover', 'koderover'],
    ['ghcr.io/backstage/', 'backstage'],
    ['registry.cn-shanghai.aliyuncs.com/team', 'team'],
    ['europe-docker.pkg.dev/project/images', 'project/images'],
  ])(
    'takes the path of a known host for a namespace: %s',
    (text, namespace) => {
      const address = parseRegistryAddress(text);
      expect(address).toMatchObject({ path: '', namespace });
      expect(address.warnings).toContainEqual(
        expect.objectContaining({
          code: 'address-path-is-namespace',
          params: expect.objectContaining({ namespace }),
        }),
      );
    },
  );

  it('splits the address into its parts', () => {
    expect(
      parseRegistryAddress('http://Registry.example.com:5000/a/b/'),
    ).toMatchObject({
      scheme: 'http',
      host: 'registry.example.com',
      port: 5000,
      path: '/a/b',
      url: 'http://registry.example.com:5000/a/b',
      registry: 'registry.example.com:5000',
    });
  });

  it.each([
    ['', 'address-empty'],
    ['   ', 'address-empty'],
    ['registry .example.com', 'address-has-space'],
    ['registry.example.com\nfoo', 'address-has-space'],
    ['file:///etc/passwd', 'address-has-scheme'],
    ['file:/etc/passwd', 'address-has-scheme'],
    ['ftp://registry.example.com', 'address-has-scheme'],
    ['oci://registry.example.com', 'address-has-scheme'],
    ['unix:///var/run/docker.sock', 'address-has-scheme'],
    ['data:text/plain,x', 'address-has-scheme'],
    ['https://user:secret@registry.example.com', 'address-has-credentials'],
    ['user:secret@registry.example.com', 'address-has-credentials'],
    ['https://user:secret/x@registry.example.com', 'address-has-credentials'],
    ['https://user:secret?x@registry.example.com', 'address-has-credentials'],
    ['http:user:secret@registry.example.com', 'address-has-credentials'],
    ['https://token-secret@registry.example.com', 'address-has-credentials'],
    ['https://registry.example.com?token=secret', 'address-has-query'],
    ['https://registry.example.com/v2/?n=1', 'address-has-query'],
    ['https://registry.example.com/#/a', 'address-has-fragment'],
    ['https://', 'address-invalid-host'],
    ['//registry.example.com', 'address-invalid-host'],
    ['https://my_registry.example.com', 'address-invalid-host'],
    ['https://-a.example.com', 'address-invalid-host'],
    ['https://999.1.1.1', 'address-invalid-host'],
    ['https://[::zz]', 'address-invalid-host'],
    ['registry.example.com:http', 'address-invalid-port'],
    ['registry.example.com:', 'address-invalid-port'],
    ['registry.example.com:0', 'address-invalid-port'],
    ['registry.example.com:65536', 'address-invalid-port'],
    ['nginx:1.25', 'address-invalid-port'],
    ['registry.example.com/apps/web:1.0', 'address-is-image'],
    [`registry.example.com/web@sha256:${'a'.repeat(64)}`, 'address-is-image'],
    ['registry.example.com/a/../b', 'address-invalid-path'],
    ['registry.example.com/a//b', 'address-invalid-path'],
    ['registry.example.com/a%2fb', 'address-invalid-path'],
  ])('refuses %j: %s', (text, code) => {
    let error: unknown;
    try {
      parseRegistryAddress(text);
    } catch (thrown) {
      error = thrown;
    }
    expect(error).toBeInstanceOf(InvalidRegistryAddressError);
    expect(error).toMatchObject({ name: 'InputError', reason: { code } });
    expect(JSON.stringify(error) + String(error)).not.toContain('secret');
  });

  /** What must be the same when an address' own url is read again. */
  function readTwice(text: string): { first: string; second: string } {
    const shape = ({ url, registry, host, path }: RegistryAddress) =>
      JSON.stringify([url, new URL(url).origin, registry, host, path]);
    let address: RegistryAddress;
    try {
      address = parseRegistryAddress(text);
    } catch (error) {
      return {
        first: 'refused',
        second:
          error instanceof InvalidRegistryAddressError
            ? 'refused'
            : String(error),
      };
    }
    return {
      first: shape(address),
      second: shape(parseRegistryAddress(address.url)),
    };
  }

  it('throws nothing but its own error, and its url is a fixed point', () => {
    const texts = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.webUrl(),
      fc.stringMatching(/^(https?:\/\/)?[a-zA-Z0-9.:/[\]@-]{1,30}$/),
    );
    fc.assert(
      fc.property(texts, text => {
        const { first, second } = readTwice(text);
        expect(second).toBe(first);
      }),
      { numRuns: 1000 },
    );
  });
});
