import { describeDescriptor } from '@slipway/provider-tests';
import { createArtifactRegistryProvider } from './createArtifactRegistryProvider';

describe.each([[true], [false]])(
  'the descriptor, with the identity of the backend: %s',
  ambientIdentity => {
    const { descriptor } = createArtifactRegistryProvider({ ambientIdentity });
    const { form } = descriptor;

    describeDescriptor({ descriptor });

    it('gives fields to methods that exist', () => {
      const methods = form.methods?.map(({ id }) => id);
      expect(methods).toEqual(
        ambientIdentity
          ? ['key', 'ambient', 'anonymous']
          : ['key', 'anonymous'],
      );
      expect(form.fields.map(({ method }) => method)).toEqual(['key']);
    });
  },
);

describe('validate', () => {
  const provider = createArtifactRegistryProvider();
  const validate = (serviceAccountKey?: string) =>
    provider.validate!({
      address: 'https://europe-west1-docker.pkg.dev',
      options: {},
      ...(serviceAccountKey && { credentials: { serviceAccountKey } }),
    });

  it('says what is wrong with a key, and nothing of one that is kept', () => {
    expect(validate()).toEqual({});
    expect(validate('{"type":"authorized_user"}')).toEqual({
      'credentials.serviceAccountKey': expect.objectContaining({
        message: expect.stringContaining('only keys of service accounts'),
      }),
    });
  });
});
