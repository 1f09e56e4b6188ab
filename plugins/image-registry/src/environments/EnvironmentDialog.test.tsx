import { screen, waitFor } from '@testing-library/react';
import { environments, registries } from '../__testUtils__/fixtures';
import { renderPage } from '../__testUtils__/renderPage';
import { EnvironmentDialog } from './EnvironmentDialog';

const production = environments.find(({ name }) => name === 'production')!;

describe('EnvironmentDialog', () => {
  it('takes the registry of an environment away', async () => {
    const updateEnvironment = jest.fn(async () => production);
    const onSaved = jest.fn();
    const { user } = await renderPage(
      <EnvironmentDialog
        environment={production}
        environments={environments}
        clusters={[]}
        registries={registries}
        onSaved={onSaved}
        onClose={() => {}}
      />,
      { api: { updateEnvironment } },
    );
    await user.click(screen.getByLabelText('Image registry'));
    await user.click(
      await screen.findByRole('option', { name: 'The default registry' }),
    );
    await user.click(screen.getByRole('button', { name: 'Save' }));
    await waitFor(() => expect(onSaved).toHaveBeenCalled());
    expect(updateEnvironment).toHaveBeenCalledWith(
      production.id,
      expect.objectContaining({
        version: production.version,
        defaultRegistryId: null,
      }),
    );
  });

  it('writes protections and says them in words', async () => {
    const updateEnvironment = jest.fn(async () => production);
    const { user } = await renderPage(
      <EnvironmentDialog
        environment={{ ...production, protection: { gates: {} } }}
        environments={environments}
        clusters={[]}
        registries={registries}
        onSaved={() => {}}
        onClose={() => {}}
      />,
      { api: { updateEnvironment } },
    );
    expect(screen.getByText(/Nothing is asked of deploys/)).toBeVisible();
    await user.type(screen.getByLabelText('Approvals'), '{selectall}2');
    await user.click(screen.getByRole('button', { name: 'Add window' }));
    await user.type(screen.getByLabelText('Healthy for, in minutes'), '5');
    expect(
      screen.getByText(
        /^Every deploy here.*2 approvals by the component’s owners; no deploys from Friday 16:00 to Monday 08:00 .*; healthy for 5 minutes\.$/,
      ),
    ).toBeVisible();
    await user.click(screen.getByRole('button', { name: 'Save' }));
    await waitFor(() => expect(updateEnvironment).toHaveBeenCalled());
    expect(updateEnvironment).toHaveBeenCalledWith(
      production.id,
      expect.objectContaining({
        protection: {
          approvals: { count: 2 },
          windows: [
            expect.objectContaining({
              effect: 'deny',
              from: { day: 'friday', time: '16:00' },
              to: { day: 'monday', time: '08:00' },
            }),
          ],
          health: { soakMs: 300_000 },
        },
      }),
    );
  });

  it('shows at the places that another environment has them', async () => {
    const { user } = await renderPage(
      <EnvironmentDialog
        environment={production}
        environments={environments}
        clusters={[]}
        registries={registries}
        onSaved={() => {}}
        onClose={() => {}}
      />,
      {
        api: {
          updateEnvironment: async () => {
            throw new Error(
              'Places must not overlap: eu/*-prod overlaps * of environment all',
            );
          },
        },
      },
    );
    await user.click(screen.getByRole('button', { name: 'Save' }));
    const refusal = await screen.findByRole('alert');
    expect(refusal).toHaveTextContent(/overlaps \* of environment all/);
    expect(screen.getByRole('group', { name: 'Places' })).toContainElement(
      refusal,
    );
  });
});
