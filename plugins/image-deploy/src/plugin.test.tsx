import { Route, Routes } from 'react-router-dom';
import { EntityProvider } from '@backstage/plugin-catalog-react';
import { permissionApiRef } from '@backstage/plugin-permission-react';
import {
  mockApis,
  renderInTestApp,
  TestApiProvider,
} from '@backstage/test-utils';
import { screen } from '@testing-library/react';
import { imageRegistryApiRef } from '@slipway/backstage-plugin-image-registry-react';
import {
  EntityDeployCard,
  EntityImageDeployContent,
  entityDeployRouteRef,
  imageDeployPlugin,
} from '.';
import { createFakeApi } from './__testUtils__/createFakeApi';
import { component, createTarget, entityRef } from './__testUtils__/fixtures';

function renderOnEntityPage(element: JSX.Element, api = createFakeApi()) {
  return renderInTestApp(
    <TestApiProvider
      apis={[
        [imageRegistryApiRef, api],
        [permissionApiRef, mockApis.permission()],
      ]}
    >
      <EntityProvider entity={component}>
        <Routes>
          <Route path="*" element={element} />
        </Routes>
      </EntityProvider>
    </TestApiProvider>,
    { mountedRoutes: { '/deploy': entityDeployRouteRef } },
  );
}

describe('image-deploy in the legacy frontend system', () => {
  it('is a plugin whose tab loads lazily', async () => {
    expect(imageDeployPlugin.getId()).toBe('image-deploy');
    await renderOnEntityPage(<EntityImageDeployContent />);
    expect(
      await screen.findByRole('region', { name: 'staging' }),
    ).toBeInTheDocument();
  });

  it('has a card with environments, images and health', async () => {
    await renderOnEntityPage(
      <EntityDeployCard />,
      createFakeApi({
        targets: [
          createTarget(),
          createTarget({
            environment: 'production',
            ref: { namespace: 'shop-production' },
            health: 'Progressing',
            tag: 'v1.2.8',
            hold: {
              id: 'hold-1',
              targetKey: 'x',
              entityRef,
              reason: 'memory leak',
              createdAt: '2026-11-21T08:00:00.000Z',
            },
          }),
        ],
      }),
    );
    const [staging, production] = await screen.findAllByRole('listitem');
    expect(staging).toHaveTextContent('stagingHealthyv1.2.9');
    expect(production).toHaveTextContent('productionProgressingv1.2.8Held');
    expect(screen.getByRole('link', { name: 'Open Deploy' })).toHaveAttribute(
      'href',
      '/deploy',
    );
  });
});
