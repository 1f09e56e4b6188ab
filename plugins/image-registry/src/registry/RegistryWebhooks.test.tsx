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

  it('asks for what verifies the signature of a vendor', async () => {
    const createWebhookEndpoint = jest.fn(async () => ({
      endpoint: createEndpoint({ authentication: 'oidc' }),
      secret: 'hush',
      urlWithToken: 'https://portal.example.com/webhooks/e1/hush',
    }));
    const { user } = await renderPage(
      <RegistryWebhooks
        registry={createRegistry({ namespace: 'apps' })}
        provider={providers.find(({ id }) => id === 'two-ways')}
      />,
      { api: { createWebhookEndpoint } },
    );
    await user.click(
      await screen.findByRole('button', { name: 'Add endpoint' }),
    );
    await user.type(screen.getByLabelText(/^Name/), 'pushes');
    await user.type(screen.getByLabelText(/^Audience/), 'portal');
    await user.click(screen.getByRole('button', { name: 'Create' }));
    const dialog = await screen.findByRole('dialog', { name: /^Secret of/ });
    expect(createWebhookEndpoint).toHaveBeenCalledWith('company', {
      name: 'pushes',
      settings: { audience: 'portal' },
    });
    // The secret is a part of the URL, and the recipe has the person's values.
    expect(
      within(dialog).getByText(
        /^Push to https:\/\/portal\.example\.com\/webhooks\/e1\/hush from harbor\.example\.com, apps: /,
      ),
    ).toBeVisible();
  });

  it('has the vendor make the webhook where its API can', async () => {
    const installWebhook = jest
      .fn()
      .mockRejectedValueOnce(new Error('Harbor answered 403'))
      .mockResolvedValue({ location: 'Project apps, Webhooks' });
    const provider = {
      ...providers[0],
      title: 'Harbor',
      capabilities: { ...providers[0].capabilities, createWebhook: true },
    };
    const { user } = await renderPage(
      <RegistryWebhooks
        registry={createRegistry({ namespace: 'apps' })}
        provider={provider}
      />,
      {
        api: {
          installWebhook,
          listWebhookEndpoints: async () => [createEndpoint({ id: 'e1' })],
        },
      },
    );
    await user.click(
      await screen.findByRole('button', { name: 'Make it in Harbor…' }),
    );
    await user.click(screen.getByRole('button', { name: 'Make it' }));
    expect(await screen.findByText(/Harbor answered 403/)).toBeVisible();
    await user.click(screen.getByRole('button', { name: 'Make it' }));
    expect(await screen.findByText(/Project apps, Webhooks/)).toBeVisible();
    expect(installWebhook).toHaveBeenLastCalledWith('company', 'e1', {
      place: 'apps',
    });
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
            refusals: {
              count: 3,
              lastReason: {
                code: 'sns-signature-differs',
                message: 'In the words of the backend',
              },
            },
          }),
        ],
      },
    });
    expect(
      await screen.findByText(
        /Requests refused: 3.*signature of the message does not match/,
      ),
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
