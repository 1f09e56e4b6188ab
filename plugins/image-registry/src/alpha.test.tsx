import { screen } from '@testing-library/react';
import { renderTestApp } from '@backstage/frontend-test-utils';
import { createTestEntityPage } from '@backstage/plugin-catalog-react/testUtils';
import { imageRegistryApiRef } from '@slipway/backstage-plugin-image-registry-react';
import plugin from './alpha';
import { createFakeApi } from './testing/createFakeApi';

const entity = (kind: string) => ({
  apiVersion: 'backstage.io/v1alpha1',
  kind,
  metadata: { name: 'web', namespace: 'default' },
});

describe('the plugin in the new frontend', () => {
  it('has a page', async () => {
    renderTestApp({
      features: [plugin],
      initialRouteEntries: ['/image-registry'],
      apis: [[imageRegistryApiRef, createFakeApi()]],
    });
    expect(
      await screen.findByRole('link', { name: 'company' }),
    ).toBeInTheDocument();
  });

  it.each([
    ['Component', true],
    ['System', false],
  ])('has a tab for a %s: %s', async (kind, expected) => {
    renderTestApp({
      extensions: [
        createTestEntityPage({ entity: entity(kind) }),
        plugin.getExtension('entity-content:image-registry/images'),
        plugin.getExtension('entity-card:image-registry/image'),
      ],
      apis: [[imageRegistryApiRef, createFakeApi()]],
    });
    if (expected) {
      expect(await screen.findByText('Images')).toBeInTheDocument();
    } else {
      expect(screen.queryByText('Images')).not.toBeInTheDocument();
    }
  });
});
