import { createDevApp } from '@backstage/frontend-dev-utils';
import {
  ApiBlueprint,
  createFrontendModule,
} from '@backstage/frontend-plugin-api';
import catalogPlugin from '@backstage/plugin-catalog/alpha';
import { catalogApiRef } from '@backstage/plugin-catalog-react';
import { catalogApiMock } from '@backstage/plugin-catalog-react/testUtils';
import { permissionApiRef } from '@backstage/plugin-permission-react';
import { mockApis } from '@backstage/test-utils';
import { imageRegistryApiRef } from '@slipway/backstage-plugin-image-registry-react';
import plugin from '../src/alpha';
import { component } from '../src/__testUtils__/fixtures';
import { createSampleApi } from './createSampleApi';

// The tab without a backend: what is missing in the sample fails loudly.
createDevApp({
  features: [
    plugin,
    catalogPlugin,
    createFrontendModule({
      pluginId: 'app',
      extensions: [
        ApiBlueprint.make({
          name: 'image-registry-client',
          params: define =>
            define({
              api: imageRegistryApiRef,
              deps: {},
              factory: createSampleApi,
            }),
        }),
        ApiBlueprint.make({
          name: 'permission',
          params: define =>
            define({
              api: permissionApiRef,
              deps: {},
              factory: () => mockApis.permission(),
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
              factory: () => catalogApiMock({ entities: [component] }),
            }),
        }),
      ],
    }),
  ],
});
