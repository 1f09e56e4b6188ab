import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import { collectProviders } from '@slipway/provider-tests';
import module from './index';

async function signInMethods(data: object): Promise<object> {
  const { plugin, providers } = collectProviders();
  const backend = await startTestBackend({
    features: [plugin, module, mockServices.rootConfig.factory({ data })],
  });
  await backend.stop();
  return Object.fromEntries(
    providers.map(({ descriptor: { form, id } }) => [
      id,
      form.methods?.map(method => method.id),
    ]),
  );
}

describe('imageRegistryModuleGoogle', () => {
  it('adds Google Artifact Registry', async () => {
    expect(await signInMethods({})).toEqual({
      'google-artifact-registry': ['key', 'anonymous'],
    });
  });

  it("offers the backend's own identity where the operator says so", async () => {
    const google = { ambientIdentity: true };
    expect(await signInMethods({ imageRegistry: { google } })).toEqual({
      'google-artifact-registry': ['key', 'ambient', 'anonymous'],
    });
  });
});
