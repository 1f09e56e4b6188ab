import {
  createExtensionTester,
  renderTestApp,
} from '@backstage/frontend-test-utils';
import { coreExtensionData } from '@backstage/frontend-plugin-api';
import { EntityContentBlueprint } from '@backstage/plugin-catalog-react/alpha';
import { createTestEntityPage } from '@backstage/plugin-catalog-react/testUtils';
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
  it('is a plugin whose tab stands by itself', () => {
    expect(plugin.id).toBe('image-deploy');
    const extension = createExtensionTester(tab);
    expect(extension.get(coreExtensionData.routePath)).toBe('/deploy');
    expect(extension.get(EntityContentBlueprint.dataRefs.title)).toBe('Deploy');
    expect(
      extension.get(EntityContentBlueprint.dataRefs.group),
    ).toBeUndefined();
  });

  it('offers both where the legacy system does', () => {
    const { filterFunction } = EntityContentBlueprint.dataRefs;
    const filters = [
      createExtensionTester(tab).get(filterFunction),
      createExtensionTester(card).get(filterFunction),
    ];
    for (const entity of [component, { ...component, kind: 'Group' }]) {
      const available = isImageDeployAvailable(entity);
      expect(filters.map(filter => filter?.(entity))).toEqual([
        available,
        available,
      ]);
    }
  });

  it('shows the tab on pages of components', async () => {
    renderTestApp({
      extensions: [createTestEntityPage({ entity: component }), tab],
      apis: [
        [imageRegistryApiRef, createFakeApi()],
        [permissionApiRef, mockApis.permission()],
      ],
    });
    expect(
      await screen.findByRole('region', { name: 'staging' }),
    ).toBeInTheDocument();
  });
});
