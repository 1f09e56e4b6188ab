import { startTestBackend } from '@backstage/backend-test-utils';
import {
  imageRegistryProvidersExtensionPoint,
  RegistryProvider,
} from '@slipway/backstage-plugin-image-registry-node';
import { imageRegistryModuleHuawei } from './module';

describe('imageRegistryModuleHuawei', () => {
  it('adds its provider', async () => {
    const providers: RegistryProvider[] = [];
    const backend = await startTestBackend({
      extensionPoints: [
        [
          imageRegistryProvidersExtensionPoint,
          { addProvider: provider => providers.push(provider) },
        ],
      ],
      features: [imageRegistryModuleHuawei],
    });
    expect(providers.map(({ descriptor }) => descriptor.id)).toEqual([
      'huawei-swr',
    ]);
    await backend.stop();
  });
});
