import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { RolloutEvidence } from '@slipway/backstage-plugin-image-registry-common';
import { createFakeApi } from '../__testUtils__/createFakeApi';
import {
  createRollout,
  createTarget,
  minutesAgo,
} from '../__testUtils__/fixtures';
import { renderTab } from '../__testUtils__/renderTab';

const target = createTarget();
const failed = createRollout(target, {
  id: 'failed',
  state: 'rolled-back',
  failure: {
    code: 'crash-looping',
    message: 'web-7d9f crashed',
    params: { pod: 'web-7d9f', restarts: '4', detail: 'REDIS_URL not set' },
  },
  reason: {
    code: 'returned',
    message: 'Back on v1.2.8',
    params: { image: 'v1.2.8' },
  },
  hasEvidence: true,
});
const evidence: RolloutEvidence = {
  rolloutId: 'failed',
  capturedAt: minutesAgo(2),
  logs: [
    {
      pod: 'web-7d9f',
      container: 'web',
      previous: true,
      text: 'REDIS_URL is not set',
    },
  ],
  events: [
    {
      kind: 'Pod',
      name: 'web-7d9f',
      type: 'Warning',
      reason: 'BackOff',
      message: 'Back-off restarting failed container',
      count: 4,
    },
  ],
  pullMessages: [],
  truncated: true,
};

describe('evidence of a failure', () => {
  it('opens from the lane, with why it failed and what runs again', async () => {
    await renderTab(
      createFakeApi({
        targets: [target],
        rollouts: [failed],
        getRolloutEvidence: async () => evidence,
      }),
    );
    const lane = within(await screen.findByRole('region', { name: 'staging' }));
    expect(await lane.findByText('Rolled back')).toBeInTheDocument();
    expect(
      lane.getByText('web-7d9f crashed 4×: REDIS_URL not set'),
    ).toBeInTheDocument();
    expect(lane.getByText('Back on v1.2.8')).toBeInTheDocument();
    await userEvent.click(lane.getByRole('button', { name: 'Log' }));
    const drawer = within(
      await screen.findByRole('dialog', { name: 'What the failure left' }),
    );
    expect(await drawer.findByText('REDIS_URL is not set')).toBeInTheDocument();
    expect(drawer.getByText(/Back-off restarting/)).toHaveTextContent(
      'Pod web-7d9f · BackOff · 4× Back-off restarting failed container',
    );
    expect(
      drawer.getByText('Older lines and events were left out.'),
    ).toBeInTheDocument();
    expect(drawer.getAllByRole('button', { name: /Copy/ })).toHaveLength(2);
  });

  it.each([
    [
      'nothing was left',
      async () => ({ ...evidence, logs: [], events: [], truncated: false }),
      /Neither logs nor events were left/,
    ],
    [
      'it cannot be read',
      async () => {
        throw new Error('Nothing is left of this rollout');
      },
      /Nothing is left of this rollout/,
    ],
  ])('says so when %s', async (_, getRolloutEvidence, words) => {
    await renderTab(
      createFakeApi({
        targets: [target],
        rollouts: [failed],
        getRolloutEvidence,
      }),
      { query: '?panel=evidence&rollout=failed' },
    );
    const drawer = within(await screen.findByRole('dialog'));
    expect(await drawer.findByText(words)).toBeInTheDocument();
  });
});
