import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { deploymentEmergencyPermission } from '@slipway/backstage-plugin-image-registry-common';
import { createFakeApi } from '../__testUtils__/createFakeApi';
import {
  createDiff,
  createEnvironment,
  createRollout,
  createTarget,
} from '../__testUtils__/fixtures';
import { renderTab } from '../__testUtils__/renderTab';

const onCall = 'group:default/on-call';
const link = '?deploy=company&repository=apps/web&reference=v1.3.0';
const target = createTarget({ environment: 'production' });

async function openDialog(groups: string[]) {
  const createdRollout = jest.fn(async () => createRollout(target));
  const previewRollout = jest.fn(async () => createDiff(target));
  await renderTab(
    createFakeApi({
      targets: [target],
      listEnvironments: async () => [
        {
          ...createEnvironment('production', 1),
          protection: { emergencyGroup: onCall, approvals: { count: 1 } },
        },
      ],
      createRollout: createdRollout,
      previewRollout,
    }),
    {
      query: link,
      groups,
      denied: { but: [deploymentEmergencyPermission.name] },
    },
  );
  const dialog = within(
    await screen.findByRole('dialog', { name: 'Deploy web' }),
  );
  return { dialog, createdRollout, previewRollout };
}

describe('an emergency deploy', () => {
  it('is for who is on call, owner or not, once they said why', async () => {
    const { dialog, createdRollout, previewRollout } = await openDialog([
      onCall,
    ]);
    const reason = await dialog.findByRole('textbox', {
      name: /What is the emergency/,
    });
    expect(
      dialog.getByText(/You may deploy here in an emergency only/),
    ).toBeVisible();
    expect(
      within(screen.getByRole('article', { hidden: true })).getByRole(
        'button',
        { name: 'Deploy…', hidden: true },
      ),
    ).not.toHaveAttribute('aria-disabled');
    const deploy = () => dialog.getByRole('button', { name: 'Deploy' });
    expect(deploy()).toHaveAccessibleDescription('Say what the emergency is.');
    previewRollout.mockClear();

    await userEvent.type(reason, 'the shop is down');
    await waitFor(() => expect(deploy()).not.toHaveAttribute('aria-disabled'));
    const emergency = { reason: 'the shop is down' };
    expect(previewRollout).toHaveBeenCalledTimes(1);
    expect(previewRollout).toHaveBeenCalledWith(
      expect.objectContaining({ emergency }),
      expect.anything(),
    );
    await userEvent.click(deploy());
    expect(createdRollout).toHaveBeenCalledWith(
      expect.objectContaining({ emergency }),
      expect.anything(),
    );
  });

  it('is not for others', async () => {
    const { dialog } = await openDialog(['group:default/guests']);
    expect(
      await dialog.findByText(/Only members of on-call may deploy/),
    ).toBeVisible();
    expect(
      dialog.getByRole('button', { name: 'Deploy' }),
    ).toHaveAccessibleDescription(/Only team-shop/);
  });
});
