import { screen, waitFor, within } from '@testing-library/react';
import { deliveries } from '../__testUtils__/fixtures';
import { renderPage } from '../__testUtils__/renderPage';
import { WebhookLogTab } from './WebhookLogTab';

async function setup(path: string, allowed = true) {
  const listDeliveries = jest.fn(async () => ({ items: deliveries }));
  const replayDelivery = jest.fn(async () => ({
    ...deliveries[0],
    id: 'again',
  }));
  const page = await renderPage(<WebhookLogTab />, {
    api: { listDeliveries, replayDelivery },
    path,
    allowed,
  });
  return { ...page, listDeliveries, replayDelivery };
}

describe('WebhookLogTab', () => {
  it('reads its filters from the URL', async () => {
    const { listDeliveries } = await setup(
      '/?registry=company&outcome=ignored&repository=apps/web',
    );
    await waitFor(() =>
      expect(listDeliveries).toHaveBeenLastCalledWith(
        expect.objectContaining({
          registryId: 'company',
          outcome: 'ignored',
          repository: 'apps/web',
        }),
        expect.anything(),
      ),
    );
  });

  it('writes its filters into the URL', async () => {
    const { user, url, listDeliveries } = await setup('/');
    await user.click(await screen.findByLabelText('Outcome'));
    await user.click(screen.getByRole('option', { name: 'Refused' }));
    await user.type(screen.getByLabelText('Repository'), 'apps/api');
    await waitFor(() =>
      expect(url()).toBe('/?outcome=refused&repository=apps%2Fapi'),
    );
    expect(listDeliveries).toHaveBeenLastCalledWith(
      expect.objectContaining({ outcome: 'refused', repository: 'apps/api' }),
      expect.anything(),
    );
    await user.click(screen.getByRole('button', { name: 'Clear filters' }));
    await waitFor(() => expect(url()).toBe('/'));
    expect(screen.getByLabelText('Repository')).toHaveValue('');
  });

  it('opens a delivery with its decisions and replays it', async () => {
    const { user, url, replayDelivery } = await setup('/?delivery=delivery-1');
    const drawer = await screen.findByRole('dialog', { name: 'Delivery' });
    expect(
      await within(drawer).findByText(
        /v1\.3\.0 is a higher version than v1\.2\.9/,
      ),
    ).toBeVisible();
    expect(within(drawer).getByText(/"type": "PUSH_ARTIFACT"/)).toBeVisible();
    await user.click(within(drawer).getByRole('button', { name: 'Replay' }));
    await waitFor(() => expect(url()).toBe('/?delivery=again'));
    expect(replayDelivery).toHaveBeenCalledWith('delivery-1');
  });

  it.each([
    [false, 'The webhook log is not for you to read'],
    [true, 'No registry has called yet'],
  ])(
    'says why it is empty when reading is allowed: %s',
    async (allowed, title) => {
      await renderPage(<WebhookLogTab />, {
        api: { listDeliveries: async () => ({ items: [] }) },
        allowed,
      });
      expect(await screen.findByText(title)).toBeVisible();
    },
  );

  it('says why a delivery may not be replayed', async () => {
    const { user, replayDelivery } = await setup(
      '/?delivery=delivery-1',
      false,
    );
    const replay = await screen.findByRole('button', { name: 'Replay' });
    await waitFor(() =>
      expect(replay).toHaveAttribute('aria-disabled', 'true'),
    );
    await user.click(replay);
    expect(replayDelivery).not.toHaveBeenCalled();
  });
});
