import { startTestBackend } from '@backstage/backend-test-utils';
import { collectProviders } from '@slipway/provider-tests';
import { imageRegistryModuleHuawei } from './module';

describe('imageRegistryModuleHuawei', () => {
  it('adds its provider', async () => {
    const { plugin, providers } = collectProviders();
    const backend = await startTestBackend({
      features: [plugin, imageRegistryModuleHuawei],
    });
    await backend.stop();
    expect(providers.map(({ descriptor }) => descriptor.id)).toEqual([
      'huawei-swr',
    ]);
  });
});
