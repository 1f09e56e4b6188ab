import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { createFakeApi } from '../__testUtils__/createFakeApi';
import {
  createPolicy,
  createRollout,
  createTarget,
  digestOf,
} from '../__testUtils__/fixtures';
import { renderTab } from '../__testUtils__/renderTab';

const target = createTarget();

describe('Roll back', () => {
  it('says which image becomes which, and that auto deploy is held', async () => {
    const rollbackRollout = jest.fn(async () => createRollout(target));
    await renderTab(
      createFakeApi({
        targets: [target],
        rollouts: [createRollout(target, { id: 'last' })],
        listPolicies: async () => ({ items: [createPolicy(target)] }),
        rollbackRollout,
      }),
    );
    const lane = within(await screen.findByRole('region', { name: 'staging' }));
    await waitFor(() =>
      expect(
        lane.getByRole('button', { name: 'Roll back' }),
      ).not.toHaveAttribute('aria-disabled'),
    );
    await userEvent.click(lane.getByRole('button', { name: 'Roll back' }));
    const dialog = within(
      await screen.findByRole('dialog', { name: 'Roll back web' }),
    );
    expect(dialog.getByText('v1.2.9')).toBeInTheDocument();
    expect(dialog.getByText('v1.2.8')).toBeInTheDocument();
    expect(
      await dialog.findByText(/Auto deploy is on here. It will be held/),
    ).toBeInTheDocument();

    await userEvent.type(
      dialog.getByRole('textbox', { name: 'Reason (optional)' }),
      'memory leak',
    );
    await userEvent.click(dialog.getByRole('button', { name: 'Roll back' }));
    expect(rollbackRollout).toHaveBeenCalledWith('last', {
      reason: 'memory leak',
    });
    await waitFor(() =>
      expect(screen.queryByRole('dialog')).not.toBeInTheDocument(),
    );
  });

  it('is not offered when nothing is known that ran before', async () => {
    await renderTab(createFakeApi({ targets: [target], rollouts: [] }));
    expect(
      await screen.findByRole('button', { name: 'Roll back' }),
    ).toHaveAccessibleDescription(/there is nothing to return to/);
  });

  it('offers an earlier image when the one before is gone', async () => {
    const rollbackRollout = jest.fn(async () => createRollout(target));
    const digest = digestOf('7');
    await renderTab(
      createFakeApi({
        targets: [target],
        getRolloutReturns: async () => ({
          previous: { repository: 'apps/web', tag: 'v1.2.8', reference: 'x' },
          there: 'no',
          offered: {
            repository: 'apps/web',
            tag: 'v1.2.7',
            digest,
            reference: 'y',
          },
        }),
        rollbackRollout,
      }),
      { query: '?panel=roll-back&rollout=rollout-1' },
    );
    const dialog = within(await screen.findByRole('dialog'));
    expect(
      await dialog.findByText(/v1.2.8 is not in its registry any more/),
    ).toBeInTheDocument();
    expect(dialog.getByText('v1.2.7')).toBeInTheDocument();
    await userEvent.click(dialog.getByRole('button', { name: 'Roll back' }));
    expect(rollbackRollout).toHaveBeenCalledWith('rollout-1', { digest });
  });

  it('cannot be confirmed when nothing is left', async () => {
    await renderTab(
      createFakeApi({
        targets: [target],
        getRolloutReturns: async () => ({
          previous: { repository: 'apps/web', tag: 'v1.2.8', reference: 'x' },
          there: 'no',
          reason: {
            code: 'no-image-to-return-to',
            message: 'No earlier image exists',
          },
        }),
      }),
      { query: '?panel=roll-back&rollout=rollout-1' },
    );
    const dialog = within(await screen.findByRole('dialog'));
    expect(
      await dialog.findByText(/No earlier image that was healthy here exists/),
    ).toBeInTheDocument();
    expect(dialog.getByRole('button', { name: 'Roll back' })).toBeDisabled();
  });

  it('shows why it was refused', async () => {
    await renderTab(
      createFakeApi({
        targets: [target],
        rollbackRollout: async () => {
          throw new Error('apps/web is not in its registry any more');
        },
      }),
      { query: '?panel=roll-back&rollout=rollout-1' },
    );
    const dialog = within(await screen.findByRole('dialog'));
    await userEvent.click(dialog.getByRole('button', { name: 'Roll back' }));
    expect(
      await dialog.findByText('apps/web is not in its registry any more'),
    ).toBeInTheDocument();
  });
});
