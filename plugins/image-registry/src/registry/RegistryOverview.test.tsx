import { screen, waitFor } from '@testing-library/react';
import {
  CheckResult,
  Registry,
} from '@slipway/backstage-plugin-image-registry-common';
import { createRegistry } from '../__testUtils__/fixtures';
import { renderPage } from '../__testUtils__/renderPage';
import { RegistryOverview } from './RegistryOverview';

const broken = createRegistry({
  status: {
    state: 'degraded',
    checkedAt: '2026-11-21T08:00:00.000Z',
    message: 'Harbor answered 403',
    steps: [
      { name: 'ping', ok: true, durationMs: 12 },
      {
        name: 'list',
        ok: false,
        message: 'Harbor answered 403',
        hint: 'Give the robot account Repository: List.',
        durationMs: 45,
      },
    ],
  },
});

describe('RegistryOverview', () => {
  it('shows what the last check found, without checking again', async () => {
    const checkRegistry = jest.fn(
      async (): Promise<CheckResult> => ({
        ok: true,
        steps: [{ name: 'list', ok: true, durationMs: 3 }],
      }),
    );
    const onChecked = jest.fn();
    const { user } = await renderPage(
      <RegistryOverview registry={broken} onChecked={onChecked} />,
      { api: { checkRegistry } },
    );
    expect(
      await screen.findByText('Give the robot account Repository: List.'),
    ).toBeVisible();
    expect(checkRegistry).not.toHaveBeenCalled();

    await user.click(screen.getByRole('button', { name: 'Check again' }));
    await waitFor(() => expect(onChecked).toHaveBeenCalledTimes(1));
    expect(
      screen.queryByText('Give the robot account Repository: List.'),
    ).not.toBeInTheDocument();
  });

  it.each<[string, Registry['status']]>([
    ['was never checked', { state: 'unknown' }],
    ['left app-config', { state: 'removed', message: 'It is gone' }],
  ])('has no steps of a registry that %s', async (_, status) => {
    await renderPage(
      <RegistryOverview
        registry={createRegistry({ status })}
        onChecked={() => {}}
      />,
    );
    expect(
      await screen.findByRole('button', { name: 'Check now' }),
    ).toBeVisible();
    expect(screen.queryByText(/ ms\)/)).not.toBeInTheDocument();
  });
});
