import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import {
  DeployDriver,
  imageRegistryDeployDriversExtensionPoint,
} from '@slipway/backstage-plugin-image-registry-node';
import { imageRegistryModuleKubernetes } from './module';

describe('imageRegistryModuleKubernetes', () => {
  it('registers a driver that knows the configured clusters', async () => {
    const drivers: DeployDriver[] = [];
    const backend = await startTestBackend({
      extensionPoints: [
        [
          imageRegistryDeployDriversExtensionPoint,
          { addDriver: driver => drivers.push(driver) },
        ],
      ],
      features: [
        imageRegistryModuleKubernetes,
        mockServices.rootConfig.factory({
          data: {
            imageRegistry: { kubernetes: { settle: '5s' } },
            kubernetes: {
              clusterLocatorMethods: [
                {
                  type: 'config',
                  clusters: [
                    {
                      name: 'looking',
                      url: 'https://k8s.example',
                      authProvider: 'oidc',
                    },
                  ],
                },
              ],
            },
          },
        }),
      ],
    });
    expect(drivers.map(({ id }) => id)).toEqual(['kubernetes']);
    await expect(drivers[0].clusters()).resolves.toEqual([
      {
        name: 'looking',
        reachable: false,
        viewOnly: true,
        message: expect.stringContaining('browser session'),
      },
    ]);
    await backend.stop();
  });
});
