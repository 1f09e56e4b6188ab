import { createDevApp } from '@backstage/frontend-dev-utils';
import {
  ApiBlueprint,
  createFrontendModule,
} from '@backstage/frontend-plugin-api';
import catalogPlugin from '@backstage/plugin-catalog/alpha';
import { catalogApiRef } from '@backstage/plugin-catalog-react';
import { catalogApiMock } from '@backstage/plugin-catalog-react/testUtils';
import {
  ImageRegistryApi,
  imageRegistryApiRef,
} from '@slipway/backstage-plugin-image-registry-react';
import plugin from '../src/alpha';
import { createFakeApi } from '../src/__testUtils__/createFakeApi';

// The pages without a backend: what is missing in the fake api fails loudly.
createDevApp({
  features: [
    plugin,
    catalogPlugin,
    createFrontendModule({
      pluginId: 'image-registry',
      extensions: [
        ApiBlueprint.make({
          params: define =>
            define({
              api: imageRegistryApiRef,
              deps: {},
              factory: () => createFakeApi() as ImageRegistryApi,
            }),
        }),
      ],
    }),
    createFrontendModule({
      pluginId: 'catalog',
      extensions: [
        ApiBlueprint.make({
          params: define =>
            define({
              api: catalogApiRef,
              deps: {},
              factory: () =>
                catalogApiMock({
                  entities: [
                    {
                      apiVersion: 'backstage.io/v1alpha1',
                      kind: 'Component',
                      metadata: { name: 'web', namespace: 'default' },
                      spec: {
                        type: 'service',
                        lifecycle: 'production',
                        owner: 'group:default/shop',
                      },
                    },
                  ],
                }),
            }),
        }),
      ],
    }),
  ],
});
