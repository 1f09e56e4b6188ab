import { mkdtempSync, rmSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { ConfigReader } from '@backstage/config';
import { InputError } from '@backstage/errors';
import {
  ClusterTokens,
  ClusterToSignIn,
} from '@slipway/backstage-plugin-image-registry-node';
import { readClusterSources } from './readClusterSources';

const directory = mkdtempSync(join(tmpdir(), 'kubeconfigs-'));
const path = join(directory, 'kubeconfig');

afterAll(() => rmSync(directory, { recursive: true }));

function locator(...clusters: object[]) {
  return {
    kubernetes: {
      clusterLocatorMethods: [
        { type: 'catalog' },
        {
          type: 'config',
          clusters: clusters.map(c => ({ url: 'https://k8s.example', ...c })),
        },
      ],
    },
  };
}

function read(data: object) {
  // JsonObject cannot be told from what `object` allows.
  return readClusterSources(new ConfigReader(JSON.parse(JSON.stringify(data))));
}

describe('readClusterSources', () => {
  it('reaches each cluster through its own proxy', () => {
    const account = {
      authProvider: 'serviceAccount',
      serviceAccountToken: 't',
    };
    const clusters = locator(
      { ...account, name: 'prod' },
      { ...account, name: 'near' },
    );
    const proxies = (prod: string) => ({
      ...clusters,
      imageRegistry: { kubernetes: { proxies: { prod } } },
    });
    const [prod, near] = read(proxies('http://proxy.example:3128'));
    const proxyOf = ({ connection }: typeof prod) =>
      connection?.kubeConfig.getCurrentCluster()?.proxyUrl;
    expect(proxyOf(prod)).toBe('http://proxy.example:3128');
    expect(prod.connection?.kubeConfig.getCurrentUser()?.token).toBe('t');
    expect(proxyOf(near)).toBeUndefined();
    expect(() => read(proxies('proxy.example'))).toThrow('proxies.prod');
  });

  it('reads clusters with service accounts from the locator', () => {
    const [source] = read(
      locator({
        name: 'prod',
        title: 'Production',
        url: 'https://k8s.example/base/',
        authProvider: 'serviceAccount',
        serviceAccountToken: 'dummy',
        caData: 'QQ==',
      }),
    );
    const kubeConfig = source.connection?.kubeConfig;
    expect(source).toMatchObject({ name: 'prod', title: 'Production' });
    expect(source.refusal).toBeUndefined();
    expect(kubeConfig?.getCurrentCluster()).toMatchObject({
      server: 'https://k8s.example/base',
      caData: 'QQ==',
      skipTLSVerify: false,
    });
    expect(kubeConfig?.getCurrentUser()?.token).toBe('dummy');
  });

  it.each([
    ['google', 'browser session'],
    ['oidc', 'browser session'],
    ['aks', 'browser session'],
    ['aws', 'backend-module-kubernetes-clouds'],
    ['azure', 'backend-module-kubernetes-clouds'],
    ['googleServiceAccount', 'backend-module-kubernetes-clouds'],
    ['somethingElse', 'not possible for background work'],
  ])('lists clusters with %s as view only', (authProvider, words) => {
    const [source] = read(locator({ name: 'c', authProvider }));
    expect(source.connection).toBeUndefined();
    expect(source.refusal?.message).toContain(words);
  });

  describe('with a sign-in that a module added', () => {
    const open = jest.fn<ClusterTokens, [ClusterToSignIn]>();
    const readWith = (data: object) =>
      readClusterSources(
        new ConfigReader(JSON.parse(JSON.stringify(data))),
        new Map([['aws', { authProvider: 'aws', open }]]),
      );
    const cluster = { name: 'prod', authProvider: 'aws', caData: 'QQ==' };

    beforeEach(() => {
      open.mockReset().mockReturnValue({
        fetch: async () => ({ token: 'dummy', expiresAt: Infinity }),
      });
    });

    it('keep CA and proxy', async () => {
      const [source] = readWith({
        ...locator({ ...cluster, assumeRole: 'arn' }),
        imageRegistry: {
          kubernetes: { proxies: { prod: 'http://proxy.example' } },
        },
      });
      expect(source.refusal).toBeUndefined();
      expect(await source.connection?.tokens?.current()).toBe('dummy');
      expect(source.connection?.kubeConfig.getCurrentCluster()).toMatchObject({
        caData: 'QQ==',
        proxyUrl: 'http://proxy.example',
      });
      const [{ name, server, config }] = open.mock.calls[0];
      expect([name, server]).toEqual(['prod', 'https://k8s.example']);
      expect(config.getString('assumeRole')).toBe('arn');
    });

    it('write with the credential of a namespace, not with the cloud', () => {
      const [source] = readWith({
        ...locator(cluster),
        imageRegistry: {
          kubernetes: {
            deployCredentials: [
              { cluster: 'prod', namespaces: ['shop'], token: 'dummy-shop' },
            ],
          },
        },
      });
      const [{ connection }] = source.deployCredentials ?? [];
      expect(connection.tokens).toBeUndefined();
      expect(connection.kubeConfig.getCurrentUser()?.token).toBe('dummy-shop');
    });

    it('are view only when an entry lacks something', () => {
      open.mockImplementation(() => {
        throw new InputError('it has no role');
      });
      const [source] = readWith(locator(cluster));
      expect(source.connection).toBeUndefined();
      expect(source.refusal?.message).toContain('it has no role');
    });

    it('do not send a token over http', () => {
      const [source] = readWith(
        locator({ ...cluster, url: 'http://k8s.example' }),
      );
      expect(source.connection).toBeUndefined();
      expect(source.refusal?.message).toContain('not https');
    });
  });

  it('does not send a token over http', () => {
    const [source] = read(
      locator({
        name: 'c',
        url: 'http://k8s.example',
        authProvider: 'serviceAccount',
        serviceAccountToken: 'dummy',
      }),
    );
    expect(source.connection).toBeUndefined();
    expect(source.refusal?.message).toContain('not https');
  });

  it('says that a token is missing', () => {
    const [source] = read(
      locator({ name: 'c', authProvider: 'serviceAccount' }),
    );
    expect(source.refusal?.message).toContain('no serviceAccountToken');
  });

  describe('kubeconfig files', () => {
    const user = (extra: object = {}) => ({ token: 'dummy', ...extra });
    const file = (users: Record<string, object>) =>
      JSON.stringify({
        clusters: [{ name: 'one', cluster: { server: 'https://one.example' } }],
        users: Object.entries(users).map(([name, value]) => ({
          name,
          user: value,
        })),
        contexts: Object.keys(users).map(name => ({
          name,
          context: { cluster: 'one', user: name },
        })),
        'current-context': Object.keys(users)[0],
      });
    const configured = (extra: object = {}) => ({
      imageRegistry: {
        kubernetes: {
          kubeconfigs: {
            'dev-1': { path: path, ...extra },
          },
        },
      },
    });

    it('take their name from the key', () => {
      writeFileSync(path, file({ a: user(), b: user() }));
      expect(read(configured()).map(({ name }) => name)).toEqual(['dev-1']);
      expect(
        read(
          configured({ context: 'b' }),
        )[0].connection?.kubeConfig.getCurrentContext(),
      ).toBe('b');
    });

    it('give a cluster per context when asked to', () => {
      writeFileSync(path, file({ a: user(), b: user() }));
      expect(
        read(configured({ context: '*' })).map(({ name }) => name),
      ).toEqual(['dev-1/a', 'dev-1/b']);
    });

    it('never impersonate', () => {
      writeFileSync(path, file({ a: user({ as: 'root' }) }));
      const [source] = read(configured());
      expect(source.connection).toBeUndefined();
      expect(source.refusal?.message).toContain('impersonate');
    });

    it('say what is wrong with them', () => {
      rmSync(path, { force: true });
      expect(read(configured())[0].refusal?.message).toContain(
        'cannot be read',
      );
      writeFileSync(path, file({ a: user() }));
      expect(() => read(configured({ context: 'nope' }))).toThrow(
        'no usable context "nope"',
      );
    });
  });

  it('refuses two clusters of one name', () => {
    const one = { name: 'c', authProvider: 'google' };
    expect(() => read(locator(one, one))).toThrow('Two Kubernetes clusters');
  });

  it('reads the namespaces that a cluster is restricted to', () => {
    const data = {
      ...locator({ name: 'c', authProvider: 'google' }),
      imageRegistry: { kubernetes: { namespaces: { c: ['shop'] } } },
    };
    expect(read(data)[0].namespaces).toEqual(['shop']);
  });

  it('says that the backend is not inside a cluster', () => {
    const [source] = read({
      imageRegistry: { kubernetes: { inCluster: { name: 'home' } } },
    });
    expect(source.refusal?.message).toContain('does not run inside a cluster');
  });
});
