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
