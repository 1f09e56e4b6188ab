import { Entity } from '@backstage/catalog-model';
import { screen } from '@testing-library/react';
import { createRegistry, digest } from '../__testUtils__/fixtures';
import { renderPage } from '../__testUtils__/renderPage';
import { DeployImageDialog } from './DeployImageDialog';
import { RegistryBrowse } from './RegistryBrowse';

const component = (name: string): Entity => ({
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Component',
  metadata: { name, namespace: 'default' },
});

const image = {
  registryId: 'company',
  repository: 'apps/web',
  tag: 'v1.3.0',
  digest: digest('a'),
};

const entities = [component('basket'), component('web')];
const api = { listPolicies: async () => ({ items: [] }) };

describe('Deploy… of an image of a registry', () => {
  it('is offered in the drawer of a tag', async () => {
    const { user, url } = await renderPage(
      <RegistryBrowse registry={createRegistry()} />,
      { path: '/?repository=apps/web&image=v1.3.0', entities, api },
    );
    await user.click(await screen.findByRole('button', { name: 'Deploy…' }));
    expect(await screen.findByText('Deploy to which component?')).toBeVisible();
    expect(url()).toContain('deploy=choose');
  });

  it('opens the deploy dialog of the component that is chosen', async () => {
    const { user, url } = await renderPage(
      <DeployImageDialog image={image} onClose={() => {}} />,
      { entities, api },
    );
    await user.click(await screen.findByLabelText('Component'));
    await user.click(await screen.findByRole('option', { name: 'basket' }));
    await user.click(screen.getByRole('button', { name: 'Go on' }));
    const [path, query] = url().split('?');
    expect(path).toBe('/catalog/default/component/basket/deploy');
    expect(Object.fromEntries(new URLSearchParams(query))).toEqual({
      deploy: 'company',
      repository: 'apps/web',
      reference: 'v1.3.0',
      digest: image.digest,
    });
  });

  it('offers no component that one may not deploy to', async () => {
    const { user } = await renderPage(
      <DeployImageDialog image={image} onClose={() => {}} />,
      { entities, api, allowed: false },
    );
    await user.click(await screen.findByLabelText('Component'));
    expect(
      await screen.findByText('No component found that you may deploy to.'),
    ).toBeVisible();
    expect(screen.getByRole('button', { name: 'Go on' })).toBeDisabled();
  });
});
