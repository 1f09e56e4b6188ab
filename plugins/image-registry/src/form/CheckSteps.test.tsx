import { screen } from '@testing-library/react';
import { renderPage } from '../__testUtils__/renderPage';
import { CheckSteps } from './CheckSteps';

const failed = {
  name: 'list' as const,
  ok: false,
  code: 'forbidden',
  message: 'Harbor answered 403',
  hint: 'Tick "Repository: List"',
  durationMs: 45,
};

describe('CheckSteps', () => {
  it('tells in English what the registry said', async () => {
    await renderPage(<CheckSteps steps={[failed]} />);
    expect(
      screen.getByText('Lists repositories: Harbor answered 403 (45 ms)'),
    ).toBeVisible();
    expect(screen.getByText('Tick "Repository: List"')).toBeVisible();
    expect(screen.queryByText('Harbor answered 403')).toBeNull();
  });

  it('tells what did not go wrong without a code', async () => {
    await renderPage(
      <CheckSteps
        steps={[
          { name: 'address', ok: true, durationMs: 34 },
          { name: 'pull', ok: false, skipped: true, durationMs: 0 },
        ]}
      />,
    );
    expect(screen.getByText('Address resolves (34 ms)')).toBeVisible();
    expect(screen.getByText('Pulls: not tried')).toBeVisible();
  });
});
