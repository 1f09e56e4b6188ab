import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { createFakeApi } from '../__testUtils__/createFakeApi';
import {
  createPolicy,
  createProgress,
  createRollout,
  createTarget,
  digestOf,
  entityRef,
} from '../__testUtils__/fixtures';
import { renderTab } from '../__testUtils__/renderTab';

const staging = createTarget();
const production = createTarget({
  environment: 'production',
  ref: { namespace: 'shop-production' },
});
const byPolicy = createRollout(staging, {
  id: 'by-policy',
  cause: 'policy',
  policyId: 'policy-1',
});
const failed = createRollout(production, {
  id: 'failed',
  state: 'failed',
  note: 'try the new cache',
  reason: {
    code: 'crash-looping',
    message: 'Pod web-1: CrashLoopBackOff',
    params: { pod: 'web-1', restarts: '4', detail: 'exit code 1' },
  },
});

async function findRow(text: string) {
  const history = await screen.findByRole('region', { name: 'History' });
  const rows = await within(history).findAllByRole('listitem');
  return within(rows.find(row => row.textContent?.includes(text))!);
}

describe('history', () => {
  it('tells how each rollout went, who caused it, and why it failed', async () => {
    await renderTab(
      createFakeApi({
        targets: [staging, production],
        rollouts: [failed, byPolicy],
        listPolicies: async () => ({ items: [createPolicy(staging)] }),
      }),
    );
    const first = await findRow('staging');
    expect(first.getByText('Succeeded')).toBeInTheDocument();
    expect(
      await first.findByText(/auto deploy · the highest version in \^1/),
    ).toBeInTheDocument();
    expect(
      first.getByRole('button', { name: 'Roll back to v1.2.8' }),
    ).toBeInTheDocument();

    const second = await findRow('production');
    expect(second.getByText('web-1 crashed 4×: exit code 1')).toBeVisible();
    expect(second.getByText('Reason given: try the new cache')).toBeVisible();
    expect(second.getByRole('button', { name: 'Try again' })).toBeVisible();
  });

  it('shows the rollout of an image as soon as its lane shows the image', async () => {
    const targets = [staging];
    const rollouts = [byPolicy];
    const { signal } = await renderTab(createFakeApi({ targets, rollouts }));
    await findRow('staging');

    targets[0] = createTarget({ tag: 'v1.3.0', digest: digestOf('c') });
    rollouts.unshift(
      createRollout(staging, {
        id: 'pushed',
        sequence: 2,
        note: 'came with a push',
      }),
    );
    // The lanes learn of it; the update about the rollout itself is lost.
    signal({ topic: 'target', entityRef });
    expect(await screen.findByText(/came with a push/)).toBeVisible();
  });

  it('is filtered by environment, also by a link', async () => {
    const listRollouts = jest.fn(async query => ({
      items: [failed, byPolicy].filter(
        rollout =>
          !query?.environment || rollout.environment === query.environment,
      ),
    }));
    await renderTab(
      createFakeApi({ targets: [staging, production], listRollouts }),
      { query: '?environment=production' },
    );
    const history = await screen.findByRole('region', { name: 'History' });
    await within(history).findByText('web-1 crashed 4×: exit code 1');
    expect(within(history).getAllByRole('listitem')).toHaveLength(1);

    await userEvent.click(
      within(history).getByRole('button', { name: /Environment/ }),
    );
    await userEvent.click(
      await screen.findByRole('option', { name: 'All environments' }),
    );
    await waitFor(() =>
      expect(within(history).getAllByRole('listitem')).toHaveLength(2),
    );
  });

  it('unfolds the steps of a rollout', async () => {
    await renderTab(
      createFakeApi({
        targets: [staging],
        rollouts: [byPolicy],
        getRollout: async () => createProgress(byPolicy),
      }),
    );
    const row = await findRow('staging');
    await userEvent.click(
      row.getByRole('button', { name: 'Steps of rollout 1' }),
    );
    expect(await row.findByText('Received and queued')).toBeInTheDocument();
    expect(
      row.getByText('1 of 3 pods are of the new version'),
    ).toBeInTheDocument();
    expect(
      row.getByText('web-7d9f-abcde: ContainerCreating'),
    ).toBeInTheDocument();
  });

  it('cancels what waits, and repeats what failed', async () => {
    const waiting = createRollout(staging, { id: 'waiting', state: 'waiting' });
    const cancelRollout = jest.fn(async () => waiting);
    const retryRollout = jest.fn(async () => failed);
    await renderTab(
      createFakeApi({
        targets: [staging, production],
        rollouts: [waiting, failed],
        cancelRollout,
        retryRollout,
      }),
    );
    const first = await findRow('staging');
    await userEvent.click(first.getByRole('button', { name: 'Cancel' }));
    expect(cancelRollout).toHaveBeenCalledWith('waiting');
    const second = await findRow('production');
    await userEvent.click(second.getByRole('button', { name: 'Try again' }));
    expect(retryRollout).toHaveBeenCalledWith('failed');
  });

  it.each([
    ['while its write is tried again', true],
    ['not while it is written', false],
  ])('offers to cancel what is being applied %s', async (_, fails) => {
    const reason = { code: 'server-error', message: 'No answer' };
    const applying = createRollout(staging, {
      id: 'applying',
      state: 'applying',
      reason: fails ? reason : undefined,
    });
    await renderTab(
      createFakeApi({ targets: [staging], rollouts: [applying] }),
    );
    const row = await findRow('staging');
    const buttons = row.queryAllByRole('button', { name: 'Cancel' });
    expect(buttons).toHaveLength(fails ? 1 : 0);
  });

  it('shows older rollouts page by page', async () => {
    const all = Array.from({ length: 25 }, (_, index) =>
      createRollout(staging, { id: `r${index}`, sequence: 100 - index }),
    );
    const listRollouts = jest.fn(async query => {
      const begin = Number(query?.cursor ?? 0);
      const end = begin + (query?.limit ?? 20);
      return {
        items: all.slice(begin, end),
        nextCursor: end < all.length ? String(end) : undefined,
      };
    });
    await renderTab(createFakeApi({ targets: [staging], listRollouts }));
    const history = await screen.findByRole('region', { name: 'History' });
    await userEvent.click(
      await within(history).findByRole('button', { name: 'Older' }),
    );
    await waitFor(() =>
      expect(within(history).getAllByRole('listitem')).toHaveLength(25),
    );
    expect(
      within(history).queryByRole('button', { name: 'Older' }),
    ).not.toBeInTheDocument();
  });
});
