import { screen, waitFor, within } from '@testing-library/react';
import {
  createEndpoint,
  createRegistry,
  providers,
} from '../__testUtils__/fixtures';
import { renderPage } from '../__testUtils__/renderPage';
import { RegistryWebhooks } from './RegistryWebhooks';

describe('RegistryWebhooks', () => {
  it('shows the secret of a new endpoint once, filled into the recipe', async () => {
    const { user } = await renderPage(
      <RegistryWebhooks registry={createRegistry()} provider={providers[0]} />,
    );
    await user.click(
      await screen.findByRole('button', { name: 'Add endpoint' }),
    );
    await user.type(screen.getByLabelText(/^Name/), 'apps');
    await user.click(screen.getByRole('button', { name: 'Create' }));

    const dialog = await screen.findByRole('dialog', {
      name: 'Secret of apps project',
    });
    expect(within(dialog).getByText('the-very-secret')).toBeVisible();
    expect(
      within(dialog).getByText(/Authorization: \[Bearer the-very-secret\]/),
    ).toBeVisible();
    expect(within(dialog).getByText(/only this once/)).toBeVisible();

    await user.click(
      within(dialog).getByRole('button', { name: 'I have copied it' }),
    );
    await waitFor(() =>
      expect(screen.queryByText(/the-very-secret/)).not.toBeInTheDocument(),
    );
  });

  it('warns of an address that a registry cannot reach, before it is copied', async () => {
    await renderPage(<RegistryWebhooks registry={createRegistry()} />);
    const warning = await screen.findByText(
      /localhost is only reachable on the machine of the portal/,
    );
    const copy = screen.getByRole('button', { name: 'Copy Webhook URL' });
    expect(
      warning.compareDocumentPosition(copy) & Node.DOCUMENT_POSITION_FOLLOWING,
    ).toBeTruthy();
    expect(screen.getByText('Waiting for the first event…')).toBeVisible();
  });

  it('tells of refusals and of the last event', async () => {
    await renderPage(<RegistryWebhooks registry={createRegistry()} />, {
      api: {
        listWebhookEndpoints: async () => [
          createEndpoint({
            lastReceivedAt: new Date().toISOString(),
            refusals: { count: 3, lastReason: 'The signature does not match' },
          }),
        ],
      },
    });
    expect(
      await screen.findByText(/Requests refused: 3.*signature does not match/),
    ).toBeVisible();
    expect(screen.getByText(/^Received/)).toBeVisible();
  });

  it('says why an endpoint may not be made', async () => {
    const { user } = await renderPage(
      <RegistryWebhooks
        registry={createRegistry({
          may: { update: false, delete: false, manageWebhooks: false },
        })}
      />,
    );
    const add = await screen.findByRole('button', { name: 'Add endpoint' });
    expect(add).toHaveAttribute('aria-disabled', 'true');
    expect(add).toHaveAccessibleDescription(/You may not do this/);
    await user.click(add);
    expect(screen.queryByRole('dialog')).not.toBeInTheDocument();
  });
});
