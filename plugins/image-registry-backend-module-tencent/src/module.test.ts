import { startTestBackend } from '@backstage/backend-test-utils';
import {
  imageRegistryProvidersExtensionPoint,
  RegistryProvider,
} from '@slipway/backstage-plugin-image-registry-node';
import { imageRegistryModuleTencent } from './module';

describe('imageRegistryModuleTencent', () => {
  it('adds its provider', async () => {
    const providers: RegistryProvider[] = [];
    const backend = await startTestBackend({
      extensionPoints: [
        [
          imageRegistryProvidersExtensionPoint,
          { addProvider: provider => providers.push(provider) },
        ],
      ],
      features: [imageRegistryModuleTencent],
    });
    expect(providers.map(({ descriptor }) => descriptor.id)).toEqual([
      'tencent-tcr',
    ]);
    await backend.stop();
  });
});
