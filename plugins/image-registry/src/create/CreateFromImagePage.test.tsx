import { screen, waitFor, within } from '@testing-library/react';
import { Route, Routes } from 'react-router-dom';
import {
  CreatedWorkload,
  CreateWorkload,
} from '@slipway/backstage-plugin-image-registry-common';
import { createImage, digest, environments } from '../__testUtils__/fixtures';
import { renderPage } from '../__testUtils__/renderPage';
import { CreateFromImagePage } from './CreateFromImagePage';

const page = (
  <Routes>
    <Route path="/create-from-image" element={<CreateFromImagePage />} />
    <Route path="*" element={<p>The deploy tab</p>} />
  </Routes>
);

const query = `registry=company&repository=apps/web&tag=v1&digest=${digest(
  'a',
)}&owner=group:default/shop`;

const answer = (change: Partial<CreatedWorkload> = {}): CreatedWorkload => ({
  id: 'creation-1',
  outcome: 'created',
  entityRef: 'component:default/basket',
  objects: [
    {
      kind: 'Deployment',
      name: 'basket',
      namespace: 'shop',
      state: 'made',
      manifest: 'kind: Deployment\n',
      warnings: [],
    },
  ],
  problems: [],
  catalogInfo: 'kind: Component\n',
  image: 'registry.example.com/apps/web:v1',
  ...change,
});

const refused = answer({
  outcome: 'partial',
  objects: [
    ...answer().objects,
    {
      kind: 'Service',
      name: 'basket',
      namespace: 'shop',
      state: 'refused',
      manifest: 'kind: Service\n',
      warnings: [],
      reason: {
        code: 'refused-by-server',
        message: 'No room',
        params: { detail: 'No room' },
      },
    },
  ],
  problems: [
    {
      path: 'ports.0.port',
      reason: {
        code: 'refused-by-server',
        message: 'No room',
        params: { detail: 'No room' },
      },
    },
  ],
});

const render = (
  createWorkload: jest.Mock,
  options: { allowed?: boolean; query?: string; known?: boolean } = {},
) =>
  renderPage(page, {
    path: `/create-from-image?${options.query ?? query}`,
    allowed: options.allowed,
    entities: options.known
      ? [
          {
            apiVersion: 'backstage.io/v1alpha1',
            kind: 'Component',
            metadata: { name: 'basket', namespace: 'default' },
          },
        ]
      : [],
    api: {
      getImage: async () =>
        createImage({
          repository: 'apps/basket',
          platforms: [
            {
              ...createImage({}).platforms[0],
              platform: { os: 'linux', architecture: 'amd64' },
              exposedPorts: ['8080/tcp'],
              environment: ['LANG=C.UTF-8'],
              user: '1000',
            },
          ],
        }),
      listEnvironments: async () => [
        {
          ...environments[0],
          name: 'staging',
          places: [{ cluster: 'eu', namespaces: ['shop'] }],
          owners: ['group:default/shop'],
        },
      ],
      createWorkload,
      rehearseWorkload: async (body: CreateWorkload) =>
        answer({
          outcome: 'refused',
          objects: [],
          problems: [
            {
              path: 'name',
              reason: {
                code: 'component-exists',
                message: '',
                params: { name: body.name },
              },
            },
          ],
        }),
    },
  });

const choosePlace = async (
  user: Awaited<ReturnType<typeof render>>['user'],
) => {
  await user.click(await screen.findByLabelText(/^Environment and cluster/));
  await user.click(
    within(screen.getByRole('listbox')).getByText('staging · eu: shop'),
  );
};

describe('Create from an image', () => {
  it('fills in the form from the image and lands on the deploy tab', async () => {
    const create = jest.fn().mockResolvedValue(answer());
    const { user, url } = await render(create, { known: true });
    expect(await screen.findByDisplayValue('basket')).toBeVisible();
    expect(screen.getByLabelText(/^Port/, { selector: 'input' })).toHaveValue(
      '8080',
    );
    await choosePlace(user);
    await user.dblClick(screen.getByRole('button', { name: 'Create' }));
    await waitFor(() =>
      expect(url()).toBe('/catalog/default/component/basket/deploy'),
    );
    expect(create).toHaveBeenCalledTimes(1);
    expect(create.mock.calls[0][0]).toMatchObject({
      name: 'basket',
      owner: 'group:default/shop',
      place: { cluster: 'eu', namespace: 'shop' },
      image: { registryId: 'company', repository: 'apps/web', tag: 'v1' },
      ports: [{ port: 8080 }],
      service: true,
      restricted: true,
      architecture: 'amd64',
    });
  });

  it('refuses before the request, and shows what the server refuses', async () => {
    const create = jest.fn();
    const { user } = await render(create);
    const name = await screen.findByDisplayValue('basket');
    await user.clear(name);
    await user.paste('Basket_1');
    expect(screen.getByText(/beginning with a letter/)).toBeVisible();
    await user.click(screen.getByRole('button', { name: 'Create' }));
    expect(create).not.toHaveBeenCalled();
    expect(screen.getAllByText('Required').length).toBeGreaterThan(0);

    await user.clear(name);
    await user.paste('basket');
    await choosePlace(user);
    await user.click(screen.getByRole('button', { name: 'Preview' }));
    expect(
      await screen.findByText('Refused, and nothing was made'),
    ).toBeVisible();
    expect(name).toHaveAccessibleDescription(/has a component basket already/);
  });

  it('tells what exists of what is half made, and resumes', async () => {
    const create = jest
      .fn()
      .mockResolvedValueOnce(refused)
      .mockResolvedValueOnce(answer());
    const { user, url } = await render(create);
    await screen.findByDisplayValue('basket');
    await choosePlace(user);
    await user.click(screen.getByRole('button', { name: 'Create' }));
    expect(await screen.findByText('Deployment basket exists')).toBeVisible();
    expect(screen.getByText('Service basket was refused')).toBeVisible();
    expect(url()).toContain('resume=creation-1');
    await user.click(screen.getByRole('button', { name: 'Resume' }));
    expect(await screen.findByText('basket is made')).toBeVisible();
    expect(create.mock.calls[1][0]).toMatchObject({ resume: 'creation-1' });
    expect(create.mock.calls[1][1]).not.toEqual(create.mock.calls[0][1]);
  });

  it('sends a lost request again under the same key', async () => {
    const create = jest
      .fn()
      .mockRejectedValueOnce(new Error('Failed to fetch'))
      .mockResolvedValueOnce(answer());
    const { user } = await render(create);
    await screen.findByDisplayValue('basket');
    await choosePlace(user);
    await user.click(screen.getByRole('button', { name: 'Create' }));
    expect(await screen.findByText('Failed to fetch')).toBeVisible();
    await user.click(screen.getByRole('button', { name: 'Create' }));
    expect(await screen.findByText('basket is made')).toBeVisible();
    expect(create.mock.calls[1][1]).toEqual(create.mock.calls[0][1]);
  });

  it('names who may not, and an environment that does not list them', async () => {
    const { user } = await render(jest.fn(), {
      allowed: false,
      query: query.replace('shop', 'other'),
    });
    await screen.findByDisplayValue('basket');
    await choosePlace(user);
    expect(
      screen.getByText(/Environment staging lists neither other/),
    ).toBeVisible();
    expect(screen.getByRole('button', { name: 'Create' })).toHaveAttribute(
      'aria-disabled',
      'true',
    );
  });
});
