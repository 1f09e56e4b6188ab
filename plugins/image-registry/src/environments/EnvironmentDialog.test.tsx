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
});
