import { screen } from '@testing-library/react';
import { Entity } from '@backstage/catalog-model';
import { EntityProvider } from '@backstage/plugin-catalog-react';
import { Route, Routes } from 'react-router-dom';
import {
  EntityImagesContent,
  ImageRegistryPage,
  imageRegistryPlugin,
  isImageRegistryAvailable,
} from '.';
import { renderPage } from './__testUtils__/renderPage';

const entity = (kind: string): Entity => ({
  apiVersion: 'backstage.io/v1alpha1',
  kind,
  metadata: { name: 'web', namespace: 'default' },
});

describe('the plugin in the legacy frontend', () => {
  it('brings its client', () => {
    expect([...imageRegistryPlugin.getApis()].map(({ api }) => api.id)).toEqual(
      ['plugin.image-registry.client'],
    );
  });

  it('routes the page and the tab', async () => {
    await renderPage(
      <Routes>
        <Route
          path="/"
          element={
            <EntityProvider entity={entity('Component')}>
              <EntityImagesContent />
            </EntityProvider>
          }
        />
        <Route path="/image-registry" element={<ImageRegistryPage />} />
      </Routes>,
    );
    expect(await screen.findByText(/learned from what runs/)).toBeVisible();
  });

  it.each([
    ['Component', true],
    ['component', true],
    ['System', false],
  ])('has images for a %s: %s', (kind, expected) => {
    expect(isImageRegistryAvailable(entity(kind))).toBe(expected);
  });
});
