import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { Freeze } from '@slipway/backstage-plugin-image-registry-common';
import { createFakeApi } from '../__testUtils__/createFakeApi';
import { entityRef, minutesAgo } from '../__testUtils__/fixtures';
import { renderTab } from '../__testUtils__/renderTab';

const freeze: Freeze = {
  id: 'freeze-1',
  entityRef,
  reason: 'audit week',
  author: 'user:default/olivia',
  createdAt: minutesAgo(5),
};

describe('freezes', () => {
  it('stop a component, with a reason, and are lifted', async () => {
    let frozen: Freeze[] = [];
    const putFreeze = jest.fn(async () => {
      frozen = [freeze];
      return freeze;
    });
    const deleteFreeze = jest.fn(async () => {
      frozen = [];
    });
    await renderTab(
      createFakeApi({
        listFreezes: async () => frozen,
        putFreeze,
        deleteFreeze,
      }),
    );
    await userEvent.click(
      await screen.findByRole('button', { name: 'Freeze this component…' }),
    );
    const dialog = within(
      await screen.findByRole('dialog', { name: 'Freeze web' }),
    );
    await userEvent.click(dialog.getByRole('button', { name: 'Freeze' }));
    expect(await dialog.findByText(/Say why/)).toBeInTheDocument();
    await userEvent.type(
      dialog.getByRole('textbox', { name: /^Why/ }),
      'audit week',
    );
    await userEvent.click(dialog.getByRole('button', { name: 'Freeze' }));
    expect(putFreeze).toHaveBeenCalledWith({
      entityRef,
      reason: 'audit week',
      endsAt: undefined,
    });
    expect(
      await screen.findByText('Deploys of web are frozen: audit week'),
    ).toBeInTheDocument();

    await userEvent.click(
      await screen.findByRole('button', { name: 'Lift the freeze…' }),
    );
    await userEvent.click(
      await screen.findByRole('button', { name: 'Lift the freeze' }),
    );
    expect(deleteFreeze).toHaveBeenCalledWith(entityRef);
    await waitFor(() =>
      expect(screen.queryByText(/audit week/)).not.toBeInTheDocument(),
    );
  });

  it('are not for everybody', async () => {
    await renderTab(
      createFakeApi({
        listFreezes: async () => [{ ...freeze, entityRef: undefined }],
      }),
      { denied: true },
    );
    expect(
      await screen.findByText('All deploys are frozen: audit week'),
    ).toBeInTheDocument();
    await waitFor(() =>
      expect(
        screen.getByRole('button', { name: 'Lift the freeze…' }),
      ).toHaveAccessibleDescription(/You may not do this/),
    );
    expect(
      screen.getByRole('button', { name: 'Freeze this component…' }),
    ).toHaveAccessibleDescription(/Only team-shop/);
  });
});
