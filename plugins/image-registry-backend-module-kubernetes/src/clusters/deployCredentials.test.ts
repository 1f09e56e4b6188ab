import { ConfigReader } from '@backstage/config';
import { JsonObject } from '@backstage/types';
import { Clusters } from './Clusters';
import { readClusterSources } from './readClusterSources';

function config(deployCredentials: JsonObject[]) {
  return new ConfigReader({
    kubernetes: {
      clusterLocatorMethods: [
        {
          type: 'config',
          clusters: [
            {
              name: 'production',
              url: 'https://k8s.example',
              authProvider: 'serviceAccount',
              serviceAccountToken: 'dummy-read',
              caData: 'Y2E=',
            },
          ],
        },
      ],
    },
    imageRegistry: { kubernetes: { deployCredentials } },
  });
}

const shop = {
  cluster: 'production',
  namespaces: ['shop', 'shop-*'],
  token: 'dummy-shop',
};

describe('deploy credentials', () => {
  it('sign in to the same server, with its CA', () => {
    const [{ connection, deployCredentials = [] }] = readClusterSources(
      config([shop]),
    );
    const [{ namespaces, connection: own }] = deployCredentials;
    expect(namespaces).toEqual(['shop', 'shop-*']);
    expect(own.kubeConfig.getCurrentCluster()).toMatchObject({
      server: 'https://k8s.example',
      caData: 'Y2E=',
    });
    expect(own.kubeConfig.getCurrentUser()?.token).toBe('dummy-shop');
    expect(connection?.kubeConfig.getCurrentUser()?.token).toBe('dummy-read');
  });

  it('write in their namespaces; the first that fits counts', async () => {
    const all = { ...shop, namespaces: ['*-test', 'shop'], token: 'dummy-2' };
    const clusters = new Clusters(readClusterSources(config([shop, all])));
    const writer = (namespace: string) =>
      clusters.writer('production', namespace);
    const reader = clusters.client('production');
    expect(writer('shop')).not.toBe(reader);
    expect(writer('shop')).toBe(writer('shop-eu'));
    expect(writer('shop-test')).toBe(writer('shop'));
    expect(writer('bank-test')).not.toBe(writer('shop'));
    expect(writer('bank')).toBe(reader);
    await clusters.close();
  });

  it.each<[string, JsonObject, RegExp]>([
    ['an unknown cluster', { ...shop, cluster: 'x' }, /no cluster is called/],
    ['no namespaces', { ...shop, namespaces: [] }, /needs namespaces/],
    [
      'no token',
      { cluster: 'production', namespaces: ['a'] },
      /either a token or a tokenFile/,
    ],
    ['two tokens', { ...shop, tokenFile: '/t' }, /either a token or/],
  ])('are refused for %s', (_, entry, words) => {
    expect(() => readClusterSources(config([entry]))).toThrow(words);
  });
});
