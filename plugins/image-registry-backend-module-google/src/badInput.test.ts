import { describeBadInput } from '@slipway/provider-tests';
import {
  googlePlace,
  googleServiceAccountKey,
  SimulatedArtifactRegistry,
  VendorClock,
} from '@slipway/sandbox';
import { createArtifactRegistryProvider } from './createArtifactRegistryProvider';

const { apiHost, host, repository, project } = googlePlace;
const clock = new VendorClock();

/** More than a page of the simulation holds. */
function vendorWithManyImages(): SimulatedArtifactRegistry {
  const vendor = SimulatedArtifactRegistry.create({ clock });
  for (let index = 0; index < 60; index += 1) {
    vendor.registry.add({
      repository: `${project}/${repository}/many/image-${index}`,
      tags: ['v1'],
    });
  }
  return vendor;
}

describeBadInput({
  title: 'Google Artifact Registry',
  provider: createArtifactRegistryProvider,
  vendor: vendorWithManyImages,
  address: `https://${host}`,
  credentials: { serviceAccountKey: googleServiceAccountKey('portal') },
  wrongCredentials: { serviceAccountKey: googleServiceAccountKey('deleted') },
  weakCredentials: { serviceAccountKey: googleServiceAccountKey('nobody') },
  repository: `${project}/${repository}/web`,
  tag: 'latest',
  unknownNamespace: `${project}/unknown`,
  requests: {
    check: { host: apiHost, path: '/repositories\\?' },
    listNamespaces: { host: apiHost, path: '/repositories\\?' },
    listRepositories: { host: apiHost, path: '/packages\\?|/repositories\\?' },
    listTags: { host, path: '/tags/list' },
    resolve: { host, path: '/manifests/' },
  },
  paged: { listRepositories: { host: apiHost, path: '/packages\\?' } },
  expire: () => clock.advance(2 * 3_600_000),
  nativeErrors: [
    {
      name: 'RESOURCE_EXHAUSTED',
      operation: 'listRepositories',
      effect: {
        kind: 'status',
        status: 429,
        body: {
          error: {
            code: 429,
            message: 'Quota exceeded',
            status: 'RESOURCE_EXHAUSTED',
          },
        },
      },
      code: 'rate-limited',
    },
    {
      name: 'UNAVAILABLE',
      operation: 'listTags',
      effect: {
        kind: 'status',
        status: 503,
        body: { error: { code: 503, status: 'UNAVAILABLE' } },
      },
      code: 'server-error',
    },
    {
      name: 'a list in the place of an object',
      operation: 'listTags',
      effect: { kind: 'status', status: 200, body: [] },
      code: 'invalid-response',
    },
  ],
});
