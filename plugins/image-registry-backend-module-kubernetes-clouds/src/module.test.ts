import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import kubernetesModule from '@slipway/backstage-plugin-image-registry-backend-module-kubernetes';
import {
  DeployDriver,
  imageRegistryClusterSignInsExtensionPoint,
  imageRegistryDeployDriversExtensionPoint,
} from '@slipway/backstage-plugin-image-registry-node';
import { imageRegistryModuleKubernetesClouds } from './module';

const clusters = [
  { name: 'eks', authProvider: 'aws' },
  { name: 'gke', authProvider: 'googleServiceAccount' },
  { name: 'looking', authProvider: 'aks' },
].map(cluster => ({ ...cluster, url: 'https://127.0.0.1:1' }));

async function clustersWith(...modules: (typeof kubernetesModule)[]) {
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
          kubernetes: {
            googleServiceAccountCredentials: '{',
            clusterLocatorMethods: [{ type: 'config', clusters }],
          },
        },
      }),
    ],
  });
  const found = await drivers[0].clusters();
  await backend.stop();
  return new Map(found.map(cluster => [cluster.name, cluster]));
}

describe('imageRegistryModuleKubernetesClouds', () => {
  const before = { ...process.env };

  beforeEach(() => {
    process.env = {
      ...before,
      AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE',
      AWS_SECRET_ACCESS_KEY: 'dummy',
    };
  });

  afterEach(() => {
    process.env = before;
  });

  it('adds the sign-ins of three clouds', async () => {
    const added: string[] = [];
    const backend = await startTestBackend({
      extensionPoints: [
        [
          imageRegistryClusterSignInsExtensionPoint,
          { addSignIn: ({ authProvider }) => added.push(authProvider) },
        ],
      ],
      features: [imageRegistryModuleKubernetesClouds],
    });
    expect(added).toEqual(['aws', 'azure', 'googleServiceAccount']);
    await backend.stop();
  });

  it('makes clusters of clouds ones that are deployed to', async () => {
    // In the order in which the extension point comes first.
    const found = await clustersWith(
      kubernetesModule,
      imageRegistryModuleKubernetesClouds,
    );
    expect(found.get('eks')).toMatchObject({
      reachable: false,
      message: 'Cluster eks refuses connections.',
    });
    expect(found.get('eks')).not.toHaveProperty('viewOnly');
    expect(found.get('gke')).toMatchObject({
      viewOnly: true,
      message: expect.stringContaining('googleServiceAccountCredentials'),
    });
    expect(found.get('looking')).toMatchObject({
      viewOnly: true,
      message: expect.stringContaining('browser session'),
    });
  });

  it('is named, with its line, where it is missing', async () => {
    const found = await clustersWith(kubernetesModule);
    for (const name of ['eks', 'gke']) {
      expect(found.get(name)).toMatchObject({
        viewOnly: true,
        message: expect.stringContaining(
          "backend.add(import('@slipway/backstage-plugin-image-registry-backend-module-kubernetes-clouds'))",
        ),
      });
    }
  });
});
