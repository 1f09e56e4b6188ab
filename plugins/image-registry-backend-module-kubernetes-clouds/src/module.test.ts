import { startTestBackend } from '@backstage/backend-test-utils';
import { imageRegistryClusterSignInsExtensionPoint } from '@slipway/backstage-plugin-image-registry-node';
import { imageRegistryModuleKubernetesClouds } from './module';

describe('imageRegistryModuleKubernetesClouds', () => {
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
});
