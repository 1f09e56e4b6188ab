import { screen, waitFor, within } from '@testing-library/react';
import { PendingApproval } from '@slipway/backstage-plugin-image-registry-common';
import { createRollout } from '../__testUtils__/createRollout';
import { renderPage } from '../__testUtils__/renderPage';
import { ActivityTab } from './ActivityTab';

const rollout = createRollout();
const waiting: PendingApproval = {
  ...rollout,
  id: 'waits',
  state: 'waiting',
  approval: {
    required: 2,
    approvers: ['group:default/team-shop'],
    notBy: rollout.author,
    digest: rollout.image.digest!,
    deadlineAt: new Date(Date.now() + 3_600_000).toISOString(),
    given: [],
  },
  approvable: { ok: true },
};

describe('Activity', () => {
  it('lists what waits for one’s approval before what waits for others', async () => {
    const approveRollout = jest.fn(async () => rollout);
    const { user } = await renderPage(<ActivityTab />, {
      api: {
        approveRollout,
        listApprovals: async () => ({
          items: [
            { ...waiting, id: 'other', approvable: { ok: false } },
            waiting,
          ],
        }),
      },
    });
    const lines = await screen.findAllByText(
      'Waiting for 2 approvals of team-shop',
    );
    expect(lines).toHaveLength(2);
    const [mine, others] = screen.getAllByRole('button', { name: 'Approve' });
    expect(mine).not.toHaveAttribute('aria-disabled');
    expect(others).toHaveAccessibleDescription(/not among those/);
    expect(screen.getAllByRole('link', { name: 'web' })[0]).toHaveAttribute(
      'href',
      '/catalog/default/component/web/deploy?panel=approval&rollout=waits',
    );
    await user.click(mine);
    await user.click(
      within(await screen.findByRole('dialog')).getByRole('button', {
        name: 'Approve',
      }),
    );
    expect(approveRollout).toHaveBeenCalledWith('waits', {
      digest: rollout.image.digest,
      note: undefined,
    });
  });

  it('filters rollouts by what the URL says', async () => {
    const listRollouts = jest.fn(async () => ({ items: [rollout] }));
    const { user, url } = await renderPage(<ActivityTab />, {
      path: '/?state=failed&environment=production&owner=group:default/team-shop',
      api: { listRollouts },
    });
    expect(
      await screen.findByRole('link', { name: 'Open rollout 7' }),
    ).toHaveAttribute(
      'href',
      '/catalog/default/component/web/deploy?steps=rollout-7',
    );
    expect(listRollouts).toHaveBeenCalledWith(
      expect.objectContaining({
        state: 'failed',
        environment: 'production',
        owner: 'group:default/team-shop',
      }),
      expect.anything(),
    );
    await user.click(screen.getByRole('button', { name: 'Clear filters' }));
    await waitFor(() => expect(url()).toBe('/'));
  });

  it('keeps one page of rollouts, and leads to its beginning by keyboard', async () => {
    const all = Array.from({ length: 120 }, (_, index) =>
      createRollout({ id: `rollout-${index}`, sequence: 120 - index }),
    );
    const listRollouts = jest.fn(async ({ cursor = '0', limit }) => {
      const end = Number(cursor) + limit;
      return {
        items: all.slice(Number(cursor), end),
        nextCursor: end < all.length ? String(end) : undefined,
      };
    });
    const { user } = await renderPage(<ActivityTab />, {
      api: { listRollouts },
    });
    const pages = within(
      await screen.findByRole('navigation', { name: 'Pages: Rollouts' }),
    );
    const rows = () => screen.getAllByRole('link', { name: /^Open rollout/ });
    expect(rows()).toHaveLength(50);
    expect(pages.getByRole('status')).toHaveTextContent('1 to 50');
    expect(pages.getByRole('button', { name: 'Newer' })).toHaveAttribute(
      'aria-disabled',
      'true',
    );

    pages.getByRole('button', { name: 'Older' }).focus();
    await user.keyboard('{Enter}');
    await waitFor(() =>
      expect(pages.getByRole('status')).toHaveTextContent('51 to 100'),
    );
    expect(rows()).toHaveLength(50);
    expect(screen.getByRole('group', { name: 'Rollouts' })).toHaveFocus();

    await user.click(pages.getByRole('button', { name: 'Older' }));
    await waitFor(() => expect(rows()).toHaveLength(20));
    expect(pages.getByRole('button', { name: 'Older' })).toHaveAttribute(
      'aria-disabled',
      'true',
    );
    await user.click(pages.getByRole('button', { name: 'Newer' }));
    await waitFor(() =>
      expect(pages.getByRole('status')).toHaveTextContent('51 to 100'),
    );
  });

  it('freezes all, and says so', async () => {
    const putFreeze = jest.fn(async () => ({
      id: 'f',
      reason: 'outage',
      author: 'user:default/ada',
      createdAt: new Date().toISOString(),
    }));
    const { user } = await renderPage(<ActivityTab />, {
      path: '/?freeze=all',
      api: { putFreeze },
    });
    const dialog = within(
      await screen.findByRole('dialog', { name: 'Freeze all components' }),
    );
    await user.type(dialog.getByRole('textbox', { name: /^Why/ }), 'outage');
    await user.click(dialog.getByRole('button', { name: 'Freeze' }));
    expect(putFreeze).toHaveBeenCalledWith({
      entityRef: undefined,
      reason: 'outage',
      endsAt: undefined,
    });
  });

  it('shows a part of many holds', async () => {
    const { user } = await renderPage(<ActivityTab />, {
      api: {
        listHolds: async () =>
          Array.from({ length: 60 }, (_, index) => ({
            id: `hold-${index}`,
            targetKey: rollout.targetKey,
            entityRef: 'component:default/web',
            reason: `reason ${index}`,
            createdAt: new Date().toISOString(),
          })),
      },
    });
    expect(await screen.findByText('Held: reason 49')).toBeInTheDocument();
    expect(screen.queryByText('Held: reason 50')).not.toBeInTheDocument();
    expect(screen.getByText('1 to 50 of 60')).toBeInTheDocument();
    await user.click(screen.getByRole('button', { name: 'Next' }));
    expect(screen.getByText('Held: reason 59')).toBeInTheDocument();
    expect(screen.queryByText('Held: reason 0')).not.toBeInTheDocument();
  });

  it('lists holds of all components', async () => {
    await renderPage(<ActivityTab />, {
      api: {
        listHolds: async () => [
          {
            id: 'hold-1',
            targetKey: rollout.targetKey,
            entityRef: 'component:default/web',
            reason: 'memory leak',
            author: 'user:default/olivia',
            createdAt: new Date().toISOString(),
          },
        ],
      },
    });
    expect(await screen.findByText('Held: memory leak')).toBeInTheDocument();
    expect(
      screen.getByText(/eu \/ shop-prod · Deployment\/web/),
    ).toBeInTheDocument();
  });
});
