import { startTestBackend } from '@backstage/backend-test-utils';
import {
  imageRegistryProvidersExtensionPoint,
  RegistryProvider,
} from '@slipway/backstage-plugin-image-registry-node';
import { imageRegistryModuleAliyun } from './module';

describe('imageRegistryModuleAliyun', () => {
  it('adds its provider', async () => {
    const providers: RegistryProvider[] = [];
    const backend = await startTestBackend({
      extensionPoints: [
        [
          imageRegistryProvidersExtensionPoint,
          { addProvider: provider => providers.push(provider) },
        ],
      ],
      features: [imageRegistryModuleAliyun],
    });
    expect(providers.map(({ descriptor }) => descriptor.id)).toEqual([
      'alibaba-acr',
    ]);
    await backend.stop();
  });
});
