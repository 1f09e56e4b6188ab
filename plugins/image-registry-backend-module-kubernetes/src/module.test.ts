import { createBackendModule } from '@backstage/backend-plugin-api';
import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import { InputError } from '@backstage/errors';
import { JsonObject } from '@backstage/types';
import {
  DeployDriver,
  imageRegistryClusterSignInsExtensionPoint,
  imageRegistryDeployDriversExtensionPoint,
} from '@slipway/backstage-plugin-image-registry-node';
import { imageRegistryModuleKubernetes } from './module';

/** Signs in to one cluster, and says what another one lacks. */
const signInModule = createBackendModule({
  pluginId: 'image-registry',
  moduleId: 'sign-in-of-a-cloud',
  register(env) {
    env.registerInit({
      deps: { signIns: imageRegistryClusterSignInsExtensionPoint },
      async init({ signIns }) {
        signIns.addSignIn({
          authProvider: 'aws',
          open({ name }) {
            if (name === 'incomplete') {
              throw new InputError('it has no role');
            }
            return {
              fetch: async () => ({ token: 'dummy', expiresAt: Infinity }),
            };
          },
        });
      },
    });
  },
});

async function clustersOf(
  clusters: JsonObject[],
  modules: (typeof signInModule)[],
) {
  const drivers: DeployDriver[] = [];
  const backend = await startTestBackend({
    extensionPoints: [
      [
        imageRegistryDeployDriversExtensionPoint,
        { addDriver: driver => drivers.push(driver) },
      ],
    ],
    features: [
      ...modules,
      mockServices.rootConfig.factory({
        data: {
          imageRegistry: { kubernetes: { settle: '5s' } },
          kubernetes: {
            clusterLocatorMethods: [{ type: 'config', clusters }],
          },
        },
      }),
    ],
  });
  expect(drivers.map(({ id }) => id)).toEqual(['kubernetes']);
  const found = await drivers[0].clusters();
  await backend.stop();
  return found;
}

// Nothing listens there.
const url = 'https://127.0.0.1:1';

describe('imageRegistryModuleKubernetes', () => {
  it('registers a driver that knows the configured clusters', async () => {
    expect(
      await clustersOf(
        [
          { name: 'looking', url, authProvider: 'oidc' },
          { name: 'cloud', url, authProvider: 'aws' },
        ],
        [imageRegistryModuleKubernetes],
      ),
    ).toEqual([
      {
        name: 'looking',
        reachable: false,
        viewOnly: true,
        because: expect.objectContaining({
          code: 'cluster-of-browser-session',
        }),
        message: expect.stringContaining('browser session'),
      },
      {
        name: 'cloud',
        reachable: false,
        viewOnly: true,
        because: expect.objectContaining({ code: 'cluster-needs-module' }),
        message: expect.stringContaining(
          "backend.add(import('@slipway/backstage-plugin-image-registry-backend-module-kubernetes-clouds'))",
        ),
      },
    ]);
  });

  it('signs in as modules do that are added after it', async () => {
    expect(
      await clustersOf(
        [
          { name: 'cloud', url, authProvider: 'aws' },
          { name: 'incomplete', url, authProvider: 'aws' },
        ],
        [imageRegistryModuleKubernetes, signInModule],
      ),
    ).toEqual([
      {
        name: 'cloud',
        reachable: false,
        because: expect.objectContaining({
          code: 'cluster-refuses-connections',
        }),
        message: 'Cluster cloud refuses connections.',
        since: expect.any(String),
      },
      {
        name: 'incomplete',
        reachable: false,
        viewOnly: true,
        because: expect.objectContaining({
          code: 'cluster-sign-in-impossible',
        }),
        message: expect.stringContaining('it has no role'),
      },
    ]);
  });
});
