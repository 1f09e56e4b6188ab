import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { createFakeApi } from '../__testUtils__/createFakeApi';
import {
  createPolicy,
  createRollout,
  createTarget,
} from '../__testUtils__/fixtures';
import { renderTab } from '../__testUtils__/renderTab';

const target = createTarget();
const policy = createPolicy(target, { mode: 'approve' });
const lapsed = {
  state: 'rejected' as const,
  reason: { code: 'approval-lapsed', message: 'Not approved in time' },
};

describe('what nobody approved in time', () => {
  it('is asked again by its policy', async () => {
    const evaluatePolicy = jest.fn(async () => policy);
    const retryRollout = jest.fn(async () => createRollout(target));
    await renderTab(
      createFakeApi({
        targets: [target],
        rollouts: [
          createRollout(target, {
            ...lapsed,
            cause: 'policy',
            policyId: policy.id,
          }),
        ],
        listPolicies: async () => ({ items: [policy] }),
        evaluatePolicy,
        retryRollout,
      }),
    );
    const [card] = await screen.findAllByText('Not approved in time');
    expect(card).toBeVisible();
    await userEvent.click(
      await screen.findByRole('button', { name: 'Ask again' }),
    );
    await waitFor(() => expect(evaluatePolicy).toHaveBeenCalledWith(policy.id));
    expect(retryRollout).not.toHaveBeenCalled();
  });

  it('is tried again by the person who wants it', async () => {
    const retryRollout = jest.fn(async () => createRollout(target));
    await renderTab(
      createFakeApi({
        targets: [target],
        rollouts: [createRollout(target, { ...lapsed, id: 'asked' })],
        retryRollout,
      }),
    );
    const [first] = await screen.findAllByRole('button', { name: 'Ask again' });
    await userEvent.click(first);
    await waitFor(() => expect(retryRollout).toHaveBeenCalledWith('asked'));
  });
});
