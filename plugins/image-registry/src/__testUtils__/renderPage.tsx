import { ReactElement } from 'react';
import { Entity } from '@backstage/catalog-model';
import { useLocation } from 'react-router-dom';
import { SWRConfig } from 'swr';
import userEvent from '@testing-library/user-event';
import { catalogApiRef, entityRouteRef } from '@backstage/plugin-catalog-react';
import { catalogApiMock } from '@backstage/plugin-catalog-react/testUtils';
import { permissionApiRef } from '@backstage/plugin-permission-react';
import {
  mockApis,
  renderInTestApp,
  TestApiProvider,
} from '@backstage/test-utils';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import {
  ImageRegistryApi,
  imageRegistryApiRef,
} from '@slipway/backstage-plugin-image-registry-react';
import {
  createFromImageRouteRef,
  entityImagesRouteRef,
  rootRouteRef,
} from '../routes';
import { createFakeApi } from './createFakeApi';

/** Renders a page or tab in a portal with a little in it. */
export async function renderPage(
  element: ReactElement,
  options: {
    api?: Partial<ImageRegistryApi>;
    allowed?: boolean;
    path?: string;
    /** In the catalog. */
    entities?: Entity[];
  } = {},
) {
  const { api, allowed = true, path = '/', entities } = options;
  let url = '';
  function Url() {
    const { pathname, search } = useLocation();
    url = pathname + search;
    return null;
  }
  await renderInTestApp(
    <TestApiProvider
      apis={[
        [imageRegistryApiRef, createFakeApi(api)],
        [catalogApiRef, catalogApiMock({ entities })],
        [
          permissionApiRef,
          mockApis.permission({
            authorize: allowed ? AuthorizeResult.ALLOW : AuthorizeResult.DENY,
          }),
        ],
      ]}
    >
      {/* Permissions are cached for the page; each test has its own. */}
      <SWRConfig value={{ provider: () => new Map() }}>{element}</SWRConfig>
      <Url />
    </TestApiProvider>,
    {
      routeEntries: [path],
      mountedRoutes: {
        '/image-registry': rootRouteRef,
        '/create-from-image': createFromImageRouteRef,
        '/catalog/:namespace/:kind/:name': entityRouteRef,
        '/catalog/default/component/web/images': entityImagesRouteRef,
      },
    },
  );
  return { user: userEvent.setup(), url: () => url };
}
