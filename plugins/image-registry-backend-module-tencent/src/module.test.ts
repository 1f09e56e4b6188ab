import { startTestBackend } from '@backstage/backend-test-utils';
import { collectProviders } from '@slipway/provider-tests';
import { imageRegistryModuleTencent } from './module';

describe('imageRegistryModuleTencent', () => {
  it('adds its provider', async () => {
    const { plugin, providers } = collectProviders();
    const backend = await startTestBackend({
      features: [plugin, imageRegistryModuleTencent],
    });
    await backend.stop();
    expect(providers.map(({ descriptor }) => descriptor.id)).toEqual([
      'tencent-tcr',
    ]);
  });
});
