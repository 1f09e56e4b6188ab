import { screen, waitFor } from '@testing-library/react';
import { Entity } from '@backstage/catalog-model';
import { EntityProvider } from '@backstage/plugin-catalog-react';
import { ImageRegistryApi } from '@slipway/backstage-plugin-image-registry-react';
import { digest } from '../__testUtils__/fixtures';
import { renderPage } from '../__testUtils__/renderPage';
import { EntityImageCard } from './EntityImageCard';
import { EntityImagesContent } from './EntityImagesContent';

const web: Entity = {
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Component',
  metadata: { name: 'web', namespace: 'default' },
};

const setup = (options: {
  api?: Partial<ImageRegistryApi>;
  allowed?: boolean;
  path?: string;
}) =>
  renderPage(
    <EntityProvider entity={web}>
      <EntityImagesContent />
    </EntityProvider>,
    options,
  );

describe('EntityImagesContent', () => {
  it('shows the tags, what runs where, and hands an image to the deploy tab', async () => {
    const { user, url } = await setup({});
    expect(await screen.findByText(/learned from what runs/)).toBeVisible();
    expect(await screen.findByText('staging')).toBeVisible();
    await user.click(screen.getByRole('button', { name: /^v1\.3\.0/ }));
    expect(url()).toBe('/?image=v1.3.0');
    const deploy = await screen.findByRole('button', { name: 'Deploy…' });
    await waitFor(() => expect(deploy).toBeEnabled());
    await user.click(deploy);
    const [path, query] = url().split('?');
    expect(path).toBe('/catalog/default/component/web/deploy');
    expect(Object.fromEntries(new URLSearchParams(query))).toEqual({
      deploy: 'company',
      repository: 'apps/web',
      reference: 'v1.3.0',
      digest: digest('9f2c1a7b'),
    });
  });

  it('says who may deploy and change the source', async () => {
    await setup({ allowed: false, path: '/?image=v1.3.0' });
    const deploy = await screen.findByRole('button', { name: 'Deploy…' });
    await waitFor(() =>
      expect(deploy).toHaveAccessibleDescription(/Only owners of web/),
    );
  });

  it('offers repositories of the same name where nobody knows the source', async () => {
    const putComponentSources = jest.fn(async () => ({
      items: [],
      suggestions: [],
    }));
    const { user } = await setup({
      api: {
        putComponentSources,
        getComponentSources: async () => ({
          items: [],
          suggestions: [{ registryId: 'company', repository: 'apps/web' }],
        }),
      },
    });
    await user.click(
      await screen.findByRole('button', { name: 'Use this one' }),
    );
    expect(putComponentSources).toHaveBeenCalledWith({
      entityRef: 'component:default/web',
      sources: [{ image: { registryId: 'company', repository: 'apps/web' } }],
    });
  });

  it('lets a tag be typed when the tags cannot be listed', async () => {
    const { user, url } = await setup({
      api: {
        listTags: async () => {
          throw new Error('company answered 403');
        },
      },
    });
    await user.type(await screen.findByLabelText('Tag or digest'), 'v7');
    const use = screen.getByRole('button', { name: 'Use this image' });
    await waitFor(() => expect(use).toBeEnabled());
    await user.click(use);
    expect(url()).toBe('/?image=v7');
  });
});

describe('EntityImageCard', () => {
  it('shows the newest images and where they come from', async () => {
    await renderPage(
      <EntityProvider entity={web}>
        <EntityImageCard />
      </EntityProvider>,
    );
    expect(await screen.findByText('company / apps/web')).toBeVisible();
    expect(await screen.findByRole('link', { name: 'v1.3.0' })).toHaveAttribute(
      'href',
      '/catalog/default/component/web/images?image=v1.3.0',
    );
  });
});
