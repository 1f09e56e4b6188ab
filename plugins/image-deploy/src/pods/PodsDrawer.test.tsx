import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { createFakeApi } from '../__testUtils__/createFakeApi';
import { createTarget, entityRef } from '../__testUtils__/fixtures';
import { renderTab } from '../__testUtils__/renderTab';

const target = createTarget();

describe('pods', () => {
  it('tell why they do not run, and their logs', async () => {
    const getPodLog = jest.fn(async (_key, query) =>
      query.previous ? 'REDIS_URL is not set' : 'starting',
    );
    await renderTab(
      createFakeApi({
        getPodLog,
        listPods: async () => [
          {
            name: 'web-1',
            phase: 'Running',
            ready: false,
            restarts: 4,
            reason: 'CrashLoopBackOff',
            message: 'back-off 40s',
          },
        ],
      }),
    );
    await userEvent.click(
      await screen.findByRole('button', {
        name: 'More for Deployment/web · web',
      }),
    );
    await userEvent.click(
      await screen.findByRole('menuitem', { name: 'Pods and logs' }),
    );
    const drawer = within(await screen.findByRole('dialog', { name: 'Pods' }));
    expect(await drawer.findByText('CrashLoopBackOff')).toBeInTheDocument();
    expect(drawer.getByText('Running, not ready')).toBeInTheDocument();
    await userEvent.click(drawer.getByRole('button', { name: 'Show log' }));
    expect(await drawer.findByText('starting')).toBeInTheDocument();
    await userEvent.click(
      drawer.getByRole('checkbox', { name: /The run before/ }),
    );
    expect(await drawer.findByText('REDIS_URL is not set')).toBeInTheDocument();
    expect(getPodLog).toHaveBeenLastCalledWith(
      target.key,
      { entityRef, pod: 'web-1', tailLines: 500, previous: true },
      expect.anything(),
    );
  });
});
