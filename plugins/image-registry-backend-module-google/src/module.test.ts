import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import { createBackendPlugin } from '@backstage/backend-plugin-api';
import {
  imageRegistryProvidersExtensionPoint,
  RegistryProvider,
} from '@slipway/backstage-plugin-image-registry-node';
import module from './index';

async function providersWith(data: object): Promise<RegistryProvider[]> {
  const providers: RegistryProvider[] = [];
  const plugin = createBackendPlugin({
    pluginId: 'image-registry',
    register(env) {
      env.registerExtensionPoint(imageRegistryProvidersExtensionPoint, {
        addProvider: provider => {
          providers.push(provider);
        },
      });
      env.registerInit({ deps: {}, async init() {} });
    },
  });
  const backend = await startTestBackend({
    features: [plugin, module, mockServices.rootConfig.factory({ data })],
  });
  await backend.stop();
  return providers;
}

const methodsOf = ([provider]: RegistryProvider[]) =>
  provider.descriptor.form.methods?.map(({ id }) => id);

describe('imageRegistryModuleGoogle', () => {
  it('adds Google Artifact Registry', async () => {
    const providers = await providersWith({});
    expect(providers.map(({ descriptor }) => descriptor.id)).toEqual([
      'google-artifact-registry',
    ]);
    expect(methodsOf(providers)).toEqual(['key', 'anonymous']);
  });

  it("offers the backend's own identity where the operator says so", async () => {
    const providers = await providersWith({
      imageRegistry: { google: { ambientIdentity: true } },
    });
    expect(methodsOf(providers)).toEqual(['key', 'ambient', 'anonymous']);
  });
});
