import { createExtensionTester } from '@backstage/frontend-test-utils';
import { createTestEntityPage } from '@backstage/plugin-catalog-react/testUtils';
import { renderTestApp } from '@backstage/frontend-test-utils';
import { screen } from '@testing-library/react';
import { permissionApiRef } from '@backstage/plugin-permission-react';
import { mockApis } from '@backstage/test-utils';
import { imageRegistryApiRef } from '@slipway/backstage-plugin-image-registry-react';
import plugin from './alpha';
import { isImageDeployAvailable } from './availability';
import { createFakeApi } from './__testUtils__/createFakeApi';
import { component } from './__testUtils__/fixtures';

const tab = plugin.getExtension('entity-content:image-deploy/deploy');
const card = plugin.getExtension('entity-card:image-deploy/deploy');

describe('image-deploy in the new frontend system', () => {
  it('is a plugin with a tab and a card', () => {
    expect(plugin.id).toBe('image-deploy');
    expect(createExtensionTester(tab).query).toBeDefined();
    expect(createExtensionTester(card).query).toBeDefined();
  });

  it('shows the tab on pages of components', async () => {
    renderTestApp({
      extensions: [createTestEntityPage({ entity: component }), tab],
      initialRouteEntries: ['/deploy'],
      apis: [
        [imageRegistryApiRef, createFakeApi()],
        [permissionApiRef, mockApis.permission()],
      ],
    });
    await new Promise(r => setTimeout(r, 2000));
    console.log('BODY', document.body.textContent);
    expect(
      await screen.findByRole('region', { name: 'staging' }),
    ).toBeInTheDocument();
  });

  it('is available for components only', () => {
    expect(isImageDeployAvailable(component)).toBe(true);
    expect(isImageDeployAvailable({ ...component, kind: 'Group' })).toBe(false);
  });
});
