import { act, screen, waitFor } from '@testing-library/react';
import { TestPullProgress } from '@slipway/backstage-plugin-image-registry-common';
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
    await act(() => new Promise(resolve => setTimeout(resolve, 100)));
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
    const buttons = screen.getAllByRole('button', { name: 'Add registry' });
    expect(buttons).toHaveLength(2);
    for (const button of buttons) {
      await waitFor(() =>
        expect(button).toHaveAttribute('aria-disabled', 'true'),
      );
    }
  });

  it('shows environments with the reachability of their clusters', async () => {
    await renderPage(page, { path: '/image-registry/environments' });
    expect(
      await screen.findByRole('rowheader', { name: 'production' }),
    ).toBeVisible();
    expect(screen.getByText(/connect ECONNREFUSED/)).toBeVisible();
  });

  it('shows what namespaces of environments lack, and how to give it', async () => {
    const keepPullSecret = jest
      .fn()
      .mockRejectedValueOnce(new Error('may not patch secrets'))
      .mockResolvedValue({});
    const { user, url } = await renderPage(page, {
      path: '/image-registry/environments',
      api: {
        keepPullSecret,
        reviewEnvironment: async id => ({
          environmentId: id,
          registryId: 'company',
          places: [
            {
              cluster: 'us',
              complete: false,
              namespaces: [],
              skipped: 0,
              failure: 'ETIMEDOUT',
            },
            {
              cluster: 'eu',
              complete: true,
              skipped: 0,
              namespaces: ['shop', 'bank'].map((namespace, index) => ({
                namespace,
                deploy: {
                  ok: index === 0,
                  missing:
                    index === 0
                      ? []
                      : [
                          {
                            group: 'apps',
                            resource: 'deployments',
                            verb: 'patch',
                          },
                        ],
                },
                pull: { state: index === 0 ? 'missing' : 'ok' },
              })),
            },
          ],
        }),
        reviewAccess: async place => ({
          ...place,
          user: 'portal',
          purposes: [
            {
              purpose: 'deploy',
              ok: false,
              missing: [
                { group: 'apps', resource: 'deployments', verb: 'patch' },
              ],
            },
          ],
          role: 'kind: Role\n',
        }),
      },
    });
    expect((await screen.findAllByText('1 of 2 lack it'))[0]).toBeVisible();
    expect(
      screen.getAllByText('eu/bank: may not patch deployments')[0],
    ).toBeVisible();
    expect(screen.getAllByText('us does not tell: ETIMEDOUT')[0]).toBeVisible();

    await user.click(
      screen.getByRole('button', { name: /^Fix .* production$/ }),
    );
    await user.click(screen.getByRole('button', { name: 'Write 1' }));
    expect(
      await screen.findByText('eu/shop: may not patch secrets'),
    ).toBeVisible();
    await user.click(screen.getByRole('button', { name: 'Write 1' }));
    await user.click(await screen.findByRole('button', { name: 'Close' }));
    expect(keepPullSecret).toHaveBeenLastCalledWith({
      cluster: 'eu',
      namespace: 'shop',
      registryId: 'company',
      serviceAccount: 'default',
    });

    await user.click(
      screen.getAllByRole('button', { name: 'How to grant' })[0],
    );
    expect(await screen.findByText('kind: Role')).toBeVisible();
    expect(url()).toContain('grant=eu%2Fbank');
  });

  it('shows what nodes need, and lets one pull', async () => {
    const begun: TestPullProgress = {
      id: 'pull-1',
      entityRef: 'component:default/web',
      image: 'registry.example/apps/web:v1',
      state: 'running',
      startedAt: '2026-01-01T00:00:00.000Z',
      deadlineAt: '2026-01-01T00:03:00.000Z',
      steps: [{ at: '2026-01-01T00:00:00.000Z', phase: 'creating' }],
    };
    let now = begun;
    const startTestPull = jest.fn().mockResolvedValue(begun);
    const cancelTestPull = jest.fn(async () => {
      now = {
        ...now,
        state: 'cancelled',
        endedAt: '2026-01-01T00:00:04.000Z',
      };
    });
    const { user } = await renderPage(page, {
      path: '/image-registry/registries/legacy?section=settings',
      api: { startTestPull, cancelTestPull, getTestPull: async () => now },
    });
    await user.click(await screen.findByRole('tab', { name: 'k3s' }));
    expect(screen.getByText('/etc/rancher/k3s/registries.yaml')).toBeVisible();
    await user.click(
      screen.getByRole('button', { name: 'Test pull from cluster…' }),
    );
    await screen.findByLabelText('Where');
    await user.click(screen.getByRole('button', { name: 'Test pull' }));
    expect(await screen.findByText('Pod is made')).toBeVisible();
    expect(startTestPull).toHaveBeenCalledWith(
      'eu/shop-staging/Deployment/web/web',
      { entityRef: 'component:default/web' },
    );
    now = {
      ...begun,
      steps: [
        ...begun.steps,
        {
          at: '2026-01-01T00:00:01.000Z',
          phase: 'retrying',
          node: 'one',
          words: 'x509: unknown authority',
        },
      ],
    };
    await user.click(screen.getByRole('button', { name: 'Cancel the test' }));
    expect(
      await screen.findByText('Cancelled after 4 s; the test pod is deleted.'),
    ).toBeVisible();
    expect(screen.getByText('x509: unknown authority')).toBeVisible();
    expect(cancelTestPull).toHaveBeenCalledWith('pull-1');
    expect(screen.getByRole('button', { name: 'Test pull' })).toBeEnabled();
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
