import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { renderInTestApp, TestApiProvider } from '@backstage/test-utils';
import {
  ImageDetails,
  ProviderDescriptor,
  Registry,
} from '@slipway/backstage-plugin-image-registry-common';
import { ImageRegistryApi, imageRegistryApiRef } from '../api';
import { ImagePicker } from './ImagePicker';
import { ImagePickerProps } from './ImagePickerProps';

const digest = (start: string) => `sha256:${start.padEnd(64, '0')}`;

function registry(changes: Partial<Registry>): Registry {
  return {
    id: 'company',
    name: 'company',
    provider: 'distribution',
    address: 'https://harbor.example.com',
    options: {},
    tls: { verify: true },
    grants: [{ to: 'all' }],
    isDefault: false,
    source: 'database',
    hasCredentials: false,
    status: { state: 'connected' },
    version: 1,
    ...changes,
  };
}

function image(repository: string, reference: string): ImageDetails {
  return {
    registryId: 'company',
    repository,
    tag: reference,
    digest: digest('9f2c'),
    mediaType: 'application/vnd.oci.image.index.v1+json',
    kind: 'image',
    annotations: {},
    platforms: [],
    pullReference: `harbor.example.com/${repository}:${reference}`,
  };
}

const provider = (size: boolean): ProviderDescriptor => ({
  id: 'distribution',
  title: 'Docker Registry',
  hosts: [],
  capabilities: { catalog: true, pushTime: false, size, search: false },
  form: { fields: [], addressPlaceholder: '', anonymous: true },
});

/** A registry whose listing tells nothing but names. */
const namesOnly = () => ({
  listTags: jest.fn(async () => ({
    items: ['v2', 'v1', 'broken'].map(tag => ({ tag })),
    complete: true,
  })),
  getImageFindings: jest.fn(async () => ({ problems: [] })),
  getImage: jest.fn(async (_id: string, query: { reference: string }) => {
    if (query.reference === 'broken') {
      throw new Error('The registry is down');
    }
    return {
      ...image('apps/web', query.reference),
      size: 48_200_000,
      createdAt: new Date(Date.now() - 3600_000).toISOString(),
      platforms: [
        {
          platform: { os: 'linux', architecture: 'arm64', variant: 'v8' },
          digest: digest('aa'),
          mediaType: 'application/vnd.oci.image.manifest.v1+json',
          layers: [],
          labels: {},
          environment: [],
          exposedPorts: [],
        },
      ],
    };
  }),
});

/** A window with room for all columns; jsdom has no media queries. */
function widen() {
  window.matchMedia = jest.fn().mockReturnValue({
    matches: true,
    addListener: () => {},
    removeListener: () => {},
    addEventListener: () => {},
    removeEventListener: () => {},
  });
}

async function setup(
  overrides: Partial<ImageRegistryApi> = {},
  props: Partial<ImagePickerProps> = {},
) {
  const defaults = {
    listProviders: jest.fn(async () => []),
    listRegistries: jest.fn(async () => ({
      items: [
        registry({ id: 'hub', name: 'hub' }),
        registry({ isDefault: true }),
      ],
    })),
    listRepositories: jest.fn(
      async (_id: string, query?: { search?: string }) => ({
        items: ['apps/api', 'apps/web']
          .filter(name => name.includes(query?.search ?? ''))
          .map(repository => ({ repository })),
        complete: true,
      }),
    ),
    listTags: jest.fn(
      async (_id: string, query: { search?: string; cursor?: string }) => ({
        items: (query.cursor ? ['v0.9'] : ['v1.3.0', 'v1.2.9', 'latest'])
          .filter(tag => tag.includes(query.search ?? ''))
          .map(tag => ({
            tag,
            digest: digest(tag === 'latest' ? 'v1.3.0' : tag),
          })),
        nextCursor: query.cursor ? undefined : 'second page',
        totalItems: 4,
        complete: true,
      }),
    ),
    getImage: jest.fn(async (_id: string, query) =>
      image(query.repository, query.reference),
    ),
  } satisfies Partial<ImageRegistryApi>;
  const api: typeof defaults = Object.assign(defaults, overrides);
  const onPick = jest.fn();
  await renderInTestApp(
    <TestApiProvider apis={[[imageRegistryApiRef, api]]}>
      <ImagePicker onPick={onPick} {...props} />
    </TestApiProvider>,
  );
  return { api, onPick, user: userEvent.setup() };
}

describe('ImagePicker', () => {
  const { matchMedia } = window;
  afterEach(() => {
    window.matchMedia = matchMedia;
  });

  it('goes from the default registry over a repository to a tag', async () => {
    const { onPick, user, api } = await setup();
    await user.click(await screen.findByRole('button', { name: 'apps/web' }));
    await user.click(await screen.findByRole('button', { name: /^v1\.3\.0/ }));
    await user.click(
      await screen.findByRole('button', { name: 'Choose v1.3.0' }),
    );
    expect(api.listRepositories.mock.calls[0][0]).toBe('company');
    expect(onPick).toHaveBeenCalledWith({
      registryId: 'company',
      repository: 'apps/web',
      tag: 'v1.3.0',
      digest: digest('9f2c'),
    });
  });

  it('searches repositories at the backend, once the typing pauses', async () => {
    const { user, api } = await setup();
    await screen.findByRole('button', { name: 'apps/web' });
    await user.type(screen.getByLabelText('Search repositories'), 'api');
    await waitFor(() =>
      expect(screen.queryByText('apps/web')).not.toBeInTheDocument(),
    );
    expect(screen.getByRole('button', { name: 'apps/api' })).toBeVisible();
    const searches = api.listRepositories.mock.calls.map(
      ([, query]) => query?.search,
    );
    expect(searches).toEqual([undefined, 'api']);
  });

  it('reads the next page of tags, and groups tags of one digest', async () => {
    const { api } = await setup({}, { initial: { repository: 'apps/web' } });
    expect(
      await screen.findByRole('button', { name: 'v1.3.0 latest' }),
    ).toBeVisible();
    expect(await screen.findByRole('button', { name: 'v0.9' })).toBeVisible();
    expect(api.listTags.mock.calls.map(([, query]) => query.cursor)).toEqual([
      undefined,
      'second page',
    ]);
    expect(await screen.findByText('All 4 tags')).toBeVisible();
  });

  it('moves between rows by the arrow keys and opens one by Enter', async () => {
    const { user } = await setup({}, { initial: { repository: 'apps/web' } });
    const first = await screen.findByRole('button', { name: 'v1.3.0 latest' });
    await screen.findByRole('button', { name: 'v0.9' });
    first.focus();
    await user.keyboard('{ArrowDown}');
    expect(screen.getByRole('button', { name: 'v1.2.9' })).toHaveFocus();
    await user.keyboard('{End}');
    expect(screen.getByRole('button', { name: 'v0.9' })).toHaveFocus();
    await user.keyboard('{Home}{Enter}');
    const drawer = await screen.findByRole('dialog');
    expect(
      await within(drawer).findByRole('button', { name: 'Choose v1.3.0' }),
    ).toBeEnabled();
  });

  it('checks a typed reference at the registry when listing fails', async () => {
    const { api, onPick, user } = await setup({
      listRepositories: jest.fn(async () => {
        throw new Error('Harbor answered 403');
      }),
    });
    expect(await screen.findByText('Harbor answered 403')).toBeVisible();
    const field = screen.getByLabelText('Type a reference');
    const use = screen.getByRole('button', { name: 'Use this image' });
    expect(use).toBeDisabled();

    await user.type(field, 'apps/Web:v1');
    expect(await screen.findByText(/must be lower case/)).toBeVisible();
    expect(api.getImage).not.toHaveBeenCalled();

    await user.clear(field);
    await user.type(field, 'apps/web:v1');
    await waitFor(() => expect(use).toBeEnabled());
    await user.click(use);
    expect(onPick).toHaveBeenCalledWith({
      registryId: 'company',
      repository: 'apps/web',
      tag: 'v1',
      digest: digest('9f2c'),
    });
  });

  it('says why a typed image cannot be used', async () => {
    const { user } = await setup({
      getImage: jest.fn(async () => {
        throw new Error('company does not know apps/web:v9');
      }),
    });
    await user.click(
      await screen.findByRole('button', { name: 'Type a reference instead' }),
    );
    await user.type(screen.getByLabelText('Type a reference'), 'apps/web:v9');
    expect(
      await screen.findByText('Not found: company does not know apps/web:v9'),
    ).toBeVisible();
    expect(
      screen.getByRole('button', { name: 'Use this image' }),
    ).toBeDisabled();
  });

  it('says that a list is not whole', async () => {
    await setup({
      listRepositories: jest.fn(async () => ({
        items: [],
        complete: false,
        reason: 'Docker Hub lists no repositories',
      })),
    });
    expect(
      await screen.findByText(
        'This list is not complete: Docker Hub lists no repositories',
      ),
    ).toBeVisible();
    expect(screen.getByLabelText('Type a reference')).toBeVisible();
  });

  it('reads the images in view where a listing tells names only', async () => {
    widen();
    const { api } = await setup(
      { ...namesOnly(), listProviders: async () => [provider(false)] },
      {
        initial: { repository: 'apps/web' },
        entityRef: 'component:default/web',
      },
    );
    await screen.findByRole('button', { name: 'v2' });
    expect(screen.getByRole('columnheader', { name: 'Created' })).toBeVisible();
    const [, v2, v1, broken] = screen.getAllByRole('row');
    // Both have one digest, but what was drawn keeps its place.
    await waitFor(() =>
      [v2, v1].forEach(row => {
        expect(row).toHaveTextContent('sha256:9f2c0000…');
        expect(row).toHaveTextContent('1 hour ago');
        expect(row).toHaveTextContent('48.2 MB');
        expect(row).toHaveTextContent('linux/arm64/v8');
      }),
    );
    await waitFor(() =>
      expect(within(broken).getAllByTitle('The registry is down')).not.toEqual(
        [],
      ),
    );
    expect(api.getImage.mock.calls.map(([id, query]) => [id, query])).toEqual(
      ['v2', 'v1', 'broken'].map(reference => [
        'company',
        {
          repository: 'apps/web',
          reference,
          entityRef: 'component:default/web',
        },
      ]),
    );
  });

  it('reads no image where listings tell sizes', async () => {
    const { api } = await setup(
      { ...namesOnly(), listProviders: async () => [provider(true)] },
      { initial: { repository: 'apps/web' } },
    );
    await screen.findByRole('button', { name: 'v2' });
    await new Promise(resolve => setTimeout(resolve, 400));
    expect(api.getImage).not.toHaveBeenCalled();
    expect(
      screen.queryByRole('columnheader', { name: 'Created' }),
    ).not.toBeInTheDocument();
  });

  it('shows a lock beside tags that the registry does not let change', async () => {
    await setup(
      {
        listTags: jest.fn(async () => ({
          items: [
            { tag: 'v2', digest: digest('a'), immutable: true },
            { tag: 'latest', digest: digest('b'), immutable: false },
            { tag: 'v1', digest: digest('c') },
          ],
          complete: true,
        })),
      },
      { initial: { repository: 'apps/web' } },
    );
    await screen.findByRole('button', { name: 'v2' });
    const [, ...rows] = screen.getAllByRole('row');
    const lock = { name: 'The registry does not let this tag change' };
    expect(
      rows.map(row => within(row).queryAllByRole('img', lock).length),
    ).toEqual([1, 0, 0]);
  });

  it('says which repositories are public, as far as the registry tells', async () => {
    await setup({
      listRepositories: jest.fn(async () => ({
        items: [
          { repository: 'apps/api', isPublic: true },
          { repository: 'apps/web', isPublic: false },
          { repository: 'apps/job' },
        ],
        complete: true,
      })),
    });
    await screen.findByRole('button', { name: 'apps/api' });
    expect(
      screen.getByRole('columnheader', { name: 'Visibility' }),
    ).toBeVisible();
    const [, ...rows] = screen.getAllByRole('row');
    expect(rows.map(row => within(row).getByRole('cell').textContent)).toEqual([
      'public',
      'private',
      '',
    ]);
  });

  it('tells nothing of visibility where the registry does not', async () => {
    await setup();
    await screen.findByRole('button', { name: 'apps/web' });
    expect(
      screen.queryByRole('columnheader', { name: 'Visibility' }),
    ).not.toBeInTheDocument();
  });

  it('asks for the registries that the component may use', async () => {
    const listRegistries = jest.fn(async (_query?: { entityRef?: string }) => ({
      items: [registry({})],
    }));
    await setup({ listRegistries }, { entityRef: 'component:default/web' });
    await screen.findByRole('button', { name: 'apps/web' });
    expect(listRegistries.mock.calls[0][0]).toEqual({
      entityRef: 'component:default/web',
    });
  });

  it('tells what to do where no registry is connected', async () => {
    await setup({ listRegistries: jest.fn(async () => ({ items: [] })) });
    expect(
      await screen.findByText(
        'No image registry is connected for this component',
      ),
    ).toBeVisible();
  });
});
