import { startTestBackend } from '@backstage/backend-test-utils';
import { collectProviders } from '@slipway/provider-tests';
import { imageRegistryModuleAliyun } from './module';

describe('imageRegistryModuleAliyun', () => {
  it('adds its provider', async () => {
    const { plugin, providers } = collectProviders();
    const backend = await startTestBackend({
      features: [plugin, imageRegistryModuleAliyun],
    });
    await backend.stop();
    expect(providers.map(({ descriptor }) => descriptor.id)).toEqual([
      'alibaba-acr',
    ]);
  });
});
