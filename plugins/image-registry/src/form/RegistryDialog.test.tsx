import { screen, waitFor } from '@testing-library/react';
import { CheckResult } from '@slipway/backstage-plugin-image-registry-common';
import { createRegistry, providers } from '../__testUtils__/fixtures';
import { renderPage } from '../__testUtils__/renderPage';
import { RegistryDialog } from './RegistryDialog';

const connected: CheckResult = {
  ok: true,
  steps: [{ name: 'address', ok: true, durationMs: 34 }],
};

async function setup(registry?: ReturnType<typeof createRegistry>) {
  const api = {
    checkConnection: jest.fn(async () => connected),
    checkRegistry: jest.fn(async () => connected),
    createRegistry: jest.fn(async () => createRegistry()),
    updateRegistry: jest.fn(async () => createRegistry()),
  };
  const onSaved = jest.fn();
  const { user } = await renderPage(
    <RegistryDialog
      providers={providers}
      registries={[createRegistry()]}
      registry={registry}
      onSaved={onSaved}
      onClose={() => {}}
    />,
    { api },
  );
  const type = async (label: RegExp, text: string) => {
    const field = screen.getByLabelText(label);
    await user.clear(field);
    await user.paste(text);
  };
  return { api, onSaved, user, type };
}

const save = () => screen.getByRole('button', { name: /^Save/ });

describe('RegistryDialog', () => {
  it('suggests the kind, checks by itself, and saves what failed, too', async () => {
    const { api, user, type, onSaved } = await setup();
    api.checkConnection.mockResolvedValue({
      ok: false,
      steps: [
        { name: 'address', ok: true, durationMs: 34 },
        {
          name: 'list',
          ok: false,
          message: 'Harbor answered 403',
          hint: 'The robot account lacks "Repository: List"',
          durationMs: 45,
        },
      ],
    });
    await type(/^Name/, 'company');
    await type(/^Address/, 'harbor.example.com');
    expect(screen.getByLabelText(/^Robot account/)).toBeVisible();
    await type(/^Robot account/, 'robot$apps');
    expect(save()).toBeDisabled();
    await type(/^Secret/, 'hunter2');
    expect(api.checkConnection).not.toHaveBeenCalled();
    await user.tab();

    expect(await screen.findByText('Address resolves (34 ms)')).toBeVisible();
    expect(
      screen.getByText('Lists repositories: Harbor answered 403 (45 ms)'),
    ).toBeVisible();
    expect(screen.getByText(/lacks "Repository: List"/)).toBeVisible();
    await user.click(screen.getByRole('button', { name: 'Save anyway' }));
    await waitFor(() => expect(onSaved).toHaveBeenCalled());
    expect(api.createRegistry).toHaveBeenCalledWith({
      name: 'company',
      provider: 'harbor',
      address: 'harbor.example.com',
      options: {},
      tls: { verify: true },
      grants: [{ to: 'all' }],
      credentials: { username: 'robot$apps', password: 'hunter2' },
    });
    expect(api.checkConnection).toHaveBeenCalledTimes(1);
  });

  it('sends a password over plain http only after a yes', async () => {
    const { api, user, type } = await setup();
    await type(/^Name/, 'old');
    await type(/^Address/, 'http://registry.corp:5000');
    await type(/^User name/, 'me');
    await type(/^Password/, 'hunter2');
    await user.tab();
    expect(save()).toBeDisabled();
    expect(api.checkConnection).not.toHaveBeenCalled();

    await user.click(
      screen.getByLabelText('Send the password unencrypted all the same'),
    );
    await user.tab();
    await waitFor(() =>
      expect(api.checkConnection).toHaveBeenCalledWith(
        expect.objectContaining({ allowInsecureCredentials: true }),
        expect.anything(),
      ),
    );
    expect(save()).toBeEnabled();
  });

  it('says what is wrong with an address', async () => {
    const { type } = await setup();
    await type(/^Address/, 'https://me:pw@harbor.example.com');
    expect(screen.getByText(/contains a user name or password/)).toBeVisible();
  });

  it('asks for the fields of the chosen way to sign in', async () => {
    const { api, user, type } = await setup();
    await type(/^Name/, 'aliyun');
    await type(/^Address/, 'registry.cn-hangzhou.cr.example');
    await user.click(screen.getByLabelText(/^Kind/));
    await user.click(screen.getByRole('option', { name: 'Two ways' }));
    expect(screen.getByRole('textbox', { name: /^Access key/ })).toBeVisible();
    expect(screen.queryByLabelText(/^Docker password/)).toBeNull();
    await user.click(screen.getByLabelText('Sign in with'));
    await user.click(screen.getByRole('option', { name: 'Password' }));
    expect(screen.queryByRole('textbox', { name: /^Access key/ })).toBeNull();
    expect(save()).toBeDisabled();
    await type(/^Docker password/, 'hunter2');
    await user.click(save());
    await waitFor(() =>
      expect(api.createRegistry).toHaveBeenCalledWith(
        expect.objectContaining({
          provider: 'two-ways',
          options: { signIn: 'password' },
          credentials: { password: 'hunter2' },
        }),
      ),
    );
  });

  it("shows in the vendor's words what the address tells", async () => {
    const { api, user, type } = await setup();
    await type(/^Name/, 'company');
    await user.click(screen.getByLabelText('Kind'));
    await user.click(screen.getByRole('option', { name: 'Two ways' }));
    expect(screen.getByLabelText(/^Region/)).toHaveValue('');
    await type(/^URI/, 'two.eu-1.example.com');
    expect(screen.getByLabelText(/^Region/)).toHaveValue('eu-1');
    expect(screen.queryByLabelText(/^Account/)).not.toBeInTheDocument();
    await type(/^URI/, '1234.example.com');
    expect(screen.getByLabelText(/^Account/)).toHaveValue('1234');
    expect(screen.getByLabelText(/^Account/)).toBeDisabled();
    await user.click(screen.getByRole('textbox', { name: /^Access key/ }));
    await user.paste('AK1');
    await user.click(save());
    await waitFor(() => expect(api.createRegistry).toHaveBeenCalled());
    expect(api.createRegistry.mock.calls).toMatchObject([[{ options: {} }]]);
  });

  it('offers the module of a kind that is not installed', async () => {
    const { type } = await setup();
    await type(/^Address/, '123456789012.dkr.ecr.eu-west-1.amazonaws.com');
    expect(screen.getByText(/belongs to Amazon ECR/)).toBeVisible();
    expect(
      screen.getByText(/yarn --cwd packages\/backend add .*-module-aws/),
    ).toBeVisible();
    await type(/^Address/, 'harbor.example.com');
    expect(screen.queryByText(/whose module is not installed/)).toBeNull();
  });

  it('keeps a login for clusters and a proxy apart', async () => {
    const { api, user, type } = await setup(createRegistry());
    await user.click(screen.getByRole('button', { name: /^Advanced/ }));
    await type(/^User name for pulling/, 'puller');
    expect(save()).toBeDisabled();
    await type(/^Password or token for pulling/, 'pull-secret');
    await user.click(save());
    await waitFor(() =>
      expect(api.updateRegistry).toHaveBeenCalledWith('company', {
        version: 4,
        pullCredentials: { username: 'puller', password: 'pull-secret' },
      }),
    );
    // The stored login is not sent through somebody else's proxy.
    await type(/^Proxy/, 'http://proxy.example.com:3128');
    expect(screen.getByText(/Enter the credentials again/)).toBeVisible();
    expect(save()).toBeDisabled();
  });

  it('keeps stored credentials, but not for another address', async () => {
    const { api, user, type } = await setup(createRegistry());
    await type(/^Name/, 'renamed');
    await user.click(save());
    await waitFor(() =>
      expect(api.updateRegistry).toHaveBeenCalledWith('company', {
        version: 4,
        name: 'renamed',
      }),
    );

    await type(/^Address/, 'other.example.com');
    expect(screen.getByText(/Enter the credentials again/)).toBeVisible();
    expect(save()).toBeDisabled();
  });
});
