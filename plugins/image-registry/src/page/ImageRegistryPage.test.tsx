import { screen, waitFor } from '@testing-library/react';
import { Route, Routes } from 'react-router-dom';
import { createRegistry } from '../__testUtils__/fixtures';
import { renderPage } from '../__testUtils__/renderPage';
import { ImageRegistryPage } from './ImageRegistryPage';

const page = (
  <Routes>
    <Route path="/image-registry/*" element={<ImageRegistryPage />} />
  </Routes>
);

describe('ImageRegistryPage', () => {
  it('lists registries and opens one', async () => {
    const { user, url } = await renderPage(page, { path: '/image-registry' });
    expect(await screen.findByText('Unreachable')).toBeVisible();
    expect(screen.getByText('Read-only (app-config)')).toBeVisible();
    expect(screen.getByText('No TLS')).toBeVisible();
    await user.click(screen.getByRole('link', { name: 'company' }));
    expect(url()).toBe('/image-registry/registries/company');
    expect(
      await screen.findByRole('heading', { name: 'company' }),
    ).toBeVisible();
    expect(await screen.findByText(/web in production/)).toBeVisible();
  });

  it('opens what was added', async () => {
    const { user, url } = await renderPage(page, {
      path: '/image-registry?add=registry',
      api: {
        createRegistry: async () => createRegistry({ id: 'legacy' }),
      },
    });
    const fill = async (label: RegExp, text: string) => {
      await user.click(await screen.findByLabelText(label));
      await user.paste(text);
    };
    await fill(/^Name/, 'legacy');
    await fill(/^Address/, 'registry.example.org');
    await user.click(screen.getByLabelText(/anonymous/));
    await user.click(screen.getByRole('button', { name: /^Save/ }));
    await waitFor(() =>
      expect(url()).toBe('/image-registry/registries/legacy'),
    );
    await new Promise(resolve => setTimeout(resolve, 100));
    expect(url()).toBe('/image-registry/registries/legacy');
  });

  it('sorts by a column', async () => {
    const { user } = await renderPage(page, { path: '/image-registry' });
    await user.click(await screen.findByText('Used by'));
    const names = screen
      .getAllByRole('rowheader')
      .map(header => header.textContent);
    expect(names).toEqual([
      expect.stringContaining('legacy'),
      'hub',
      expect.stringContaining('company'),
    ]);
  });

  it('begins with the first hour, without leave to add', async () => {
    await renderPage(page, {
      path: '/image-registry',
      allowed: false,
      api: {
        listRegistries: async () => ({ items: [] }),
        listEnvironments: async () => [],
      },
    });
    expect(await screen.findByText('The first hour')).toBeVisible();
    expect(screen.getByText('Name your environments')).toBeVisible();
    await waitFor(() =>
      expect(
        screen.getAllByRole('button', { name: 'Add registry' })[0],
      ).toHaveAttribute('aria-disabled', 'true'),
    );
  });

  it('shows environments with the reachability of their clusters', async () => {
    await renderPage(page, { path: '/image-registry/environments' });
    expect(
      await screen.findByRole('rowheader', { name: 'production' }),
    ).toBeVisible();
    expect(screen.getByText(/connect ECONNREFUSED/)).toBeVisible();
  });

  it('shows why a page could not be loaded, and tries again', async () => {
    const listRegistries = jest
      .fn()
      .mockRejectedValueOnce(new Error('The backend is starting'))
      .mockResolvedValue({ items: [] });
    const { user } = await renderPage(page, {
      path: '/image-registry',
      api: { listRegistries },
    });
    expect(await screen.findByText('The backend is starting')).toBeVisible();
    await user.click(screen.getByRole('button', { name: 'Try again' }));
    await waitFor(() =>
      expect(
        screen.queryByText('The backend is starting'),
      ).not.toBeInTheDocument(),
    );
  });
});
