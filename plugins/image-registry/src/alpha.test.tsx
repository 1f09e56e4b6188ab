import { screen } from '@testing-library/react';
import { renderTestApp } from '@backstage/frontend-test-utils';
import { catalogApiRef } from '@backstage/plugin-catalog-react';
import {
  catalogApiMock,
  createTestEntityPage,
} from '@backstage/plugin-catalog-react/testUtils';
import { imageRegistryApiRef } from '@slipway/backstage-plugin-image-registry-react';
import plugin from './alpha';
import { createFakeApi } from './__testUtils__/createFakeApi';

const entity = (kind: string) => ({
  apiVersion: 'backstage.io/v1alpha1',
  kind,
  metadata: { name: 'web', namespace: 'default' },
});

/** The code of a page is compiled when it is first loaded; in ms. */
const LOADING = { timeout: 60_000 };

describe('the plugin in the new frontend', () => {
  it('has a page', async () => {
    renderTestApp({
      features: [plugin],
      initialRouteEntries: ['/image-registry'],
      apis: [[imageRegistryApiRef, createFakeApi()]],
    });
    expect(
      await screen.findByRole('link', { name: 'company' }, LOADING),
    ).toBeInTheDocument();
  });

  const renderEntityPage = (kind: string) =>
    renderTestApp({
      extensions: [
        createTestEntityPage({ entity: entity(kind) }),
        plugin.getExtension('entity-content:image-registry/images'),
      ],
      apis: [[imageRegistryApiRef, createFakeApi()]],
    });

  it('has a tab for a component', async () => {
    renderEntityPage('Component');
    expect(
      await screen.findByText(/learned from what runs/, {}, LOADING),
    ).toBeInTheDocument();
  });

  it('has no tab for a system', async () => {
    renderEntityPage('System');
    expect(
      await screen.findByTestId('empty-entity-page', {}, LOADING),
    ).toBeInTheDocument();
  });

  it('has a form that makes components', async () => {
    renderTestApp({
      features: [plugin],
      initialRouteEntries: ['/create-from-image'],
      apis: [
        [imageRegistryApiRef, createFakeApi()],
        [catalogApiRef, catalogApiMock()],
      ],
    });
    expect(
      await screen.findByRole('button', { name: 'Choose an image' }, LOADING),
    ).toBeInTheDocument();
  });

  it.each(['image', 'create'] as const)('has a card: %s', name => {
    expect(
      plugin.getExtension(`entity-card:image-registry/${name}`),
    ).toBeDefined();
  });
});
