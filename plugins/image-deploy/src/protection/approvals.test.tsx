import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import {
  PendingApproval,
  RolloutDetails,
} from '@slipway/backstage-plugin-image-registry-common';
import { ImageRegistryApi } from '@slipway/backstage-plugin-image-registry-react';
import { createFakeApi } from '../__testUtils__/createFakeApi';
import {
  createRollout,
  createTarget,
  digestOf,
  minutesAgo,
} from '../__testUtils__/fixtures';
import { renderTab } from '../__testUtils__/renderTab';

const target = createTarget({ activeRolloutId: 'waits' });
const image = {
  registryId: 'company',
  repository: 'apps/web',
  tag: 'v1.3.0',
  digest: digestOf('c'),
  reference: `registry.example.com/apps/web:v1.3.0@${digestOf('c')}`,
};
const rollout: RolloutDetails = {
  ...createRollout(target, {
    id: 'waits',
    state: 'waiting',
    image,
    previous: undefined,
    author: 'user:default/olivia',
    approval: {
      required: 1,
      approvers: ['group:default/team-web'],
      notBy: 'user:default/olivia',
      digest: digestOf('c'),
      deadlineAt: minutesAgo(-120),
      given: [],
    },
  }),
  events: [],
  gates: [
    {
      name: 'approval',
      state: 'waiting',
      checkedAt: minutesAgo(0),
      reason: { code: 'x', message: '1 approval is missing' },
    },
    { name: 'freeze', state: 'passed', checkedAt: minutesAgo(0) },
  ],
};

function pending(
  approvable: PendingApproval['approvable'],
): Partial<ImageRegistryApi> & { targets: (typeof target)[] } {
  return {
    targets: [target],
    getRollout: async () => rollout,
    listApprovals: async () => ({
      items: [{ ...rollout, approval: rollout.approval!, approvable }],
    }),
  };
}

describe('approvals', () => {
  it('wait on the lane, and are given by digest', async () => {
    const approveRollout = jest.fn(async () => rollout);
    await renderTab(
      createFakeApi({ ...pending({ ok: true }), approveRollout }),
    );
    expect(
      await screen.findByText('Waiting for 1 approval of team-web'),
    ).toBeInTheDocument();
    const card = within(screen.getByRole('article'));
    const approve = card.getByRole('button', { name: 'Approve' });
    await waitFor(() => expect(approve).not.toHaveAttribute('aria-disabled'));
    await userEvent.click(approve);
    const dialog = within(
      await screen.findByRole('dialog', { name: 'Approve v1.3.0 for web?' }),
    );
    await userEvent.type(
      dialog.getByRole('textbox', { name: 'Note (optional)' }),
      'looked at it',
    );
    await userEvent.click(dialog.getByRole('button', { name: 'Approve' }));
    expect(approveRollout).toHaveBeenCalledWith('waits', {
      digest: digestOf('c'),
      note: 'looked at it',
    });
  });

  it('are refused to the requester, with the reason', async () => {
    await renderTab(
      createFakeApi(
        pending({
          ok: false,
          reason: { code: 'x', message: 'You asked for it yourself' },
        }),
      ),
    );
    const approve = await screen.findByRole('button', { name: 'Approve' });
    await waitFor(() =>
      expect(approve).toHaveAccessibleDescription('You asked for it yourself'),
    );
    expect(
      screen.getByRole('button', { name: 'Reject…' }),
    ).toHaveAccessibleDescription('You asked for it yourself');
  });

  it('are rejected with a reason only', async () => {
    const rejectRollout = jest.fn(async () => rollout);
    await renderTab(createFakeApi({ ...pending({ ok: true }), rejectRollout }));
    const reject = await screen.findByRole('button', { name: 'Reject…' });
    await waitFor(() => expect(reject).not.toHaveAttribute('aria-disabled'));
    await userEvent.click(reject);
    const dialog = within(
      await screen.findByRole('dialog', { name: 'Reject v1.3.0 for web?' }),
    );
    await userEvent.click(dialog.getByRole('button', { name: 'Reject' }));
    expect(
      await dialog.findByText(/Say why, so that its author knows/),
    ).toBeInTheDocument();
    await userEvent.type(dialog.getByRole('textbox', { name: /^Why/ }), 'no');
    await userEvent.click(dialog.getByRole('button', { name: 'Reject' }));
    expect(rejectRollout).toHaveBeenCalledWith('waits', { reason: 'no' });
  });

  it('show what changes where a notification leads', async () => {
    const getImageFindings = jest.fn(async () => ({
      scan: { status: 'finished' as const, counts: { high: 2 } },
      signatures: ['cosign'],
      problems: ['The quota could not be read'],
    }));
    await renderTab(
      createFakeApi({
        ...pending({ ok: true }),
        compareImages: async ({ from, to }) => {
          const source = 'https://github.com/acme/web';
          return {
            from: {
              digest: from,
              tags: ['v1.2.9'],
              source,
              revision: '1a2b3c4d5e6f7a8b',
            },
            to: {
              digest: to,
              tags: ['v1.3.0'],
              source,
              revision: '9f8e7d6c5b4a3f2e',
            },
            between: [{ digest: digestOf('e'), tags: ['v1.2.10'] }],
            direction: 'forward' as const,
            complete: true,
          };
        },
        getImageFindings,
      }),
      { query: '?panel=approval&rollout=waits' },
    );
    const drawer = await screen.findByRole('dialog', {
      name: 'Changes for web',
    });
    expect(
      await within(drawer).findByRole('link', {
        name: 'Compare the commits at the source',
      }),
    ).toHaveAttribute(
      'href',
      'https://github.com/acme/web/compare/1a2b3c4d5e6f7a8b...9f8e7d6c5b4a3f2e',
    );
    expect(drawer).toHaveTextContent('v1.2.10');
    expect(drawer).toHaveTextContent('2 high');
    expect(drawer).toHaveTextContent('cosign');
    expect(drawer).toHaveTextContent('The quota could not be read');
    expect(getImageFindings).toHaveBeenCalledWith(
      'company',
      {
        repository: 'apps/web',
        digest: digestOf('c'),
        entityRef: rollout.entityRef,
      },
      expect.anything(),
    );
    expect(drawer).toHaveTextContent(
      'Approval: waiting. 1 approval is missing',
    );
    expect(drawer).toHaveTextContent('Freeze: passed');
    expect(
      await within(drawer).findByText(
        'spec.template.spec.containers[web].image',
      ),
    ).toBeInTheDocument();
    expect(
      within(drawer).getByRole('button', { name: 'Approve' }),
    ).toBeInTheDocument();
  });
});
