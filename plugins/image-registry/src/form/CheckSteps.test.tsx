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

  it('says what to do about a failure that brings no hint', async () => {
    const { hint: _hint, ...bare } = failed;
    await renderPage(<CheckSteps steps={[bare]} />);
    expect(
      screen.getByText('Grant the account the missing right at the registry'),
    ).toBeVisible();
  });

  it('words what to do by its code', async () => {
    const remedy = {
      code: 'harbor-system-robot',
      message: failed.hint,
      params: { right: 'Repository: List', project: 'apps' },
    };
    await renderPage(<CheckSteps steps={[{ ...failed, remedy }]} />);
    expect(
      screen.getByText(
        'In Harbor open Administration › Robot Accounts, edit the account and tick "Repository: List" for project apps',
      ),
    ).toBeVisible();
    expect(screen.queryByText(failed.hint)).toBeNull();
  });

  it('words what went well by its reason', async () => {
    await renderPage(
      <CheckSteps
        steps={[
          {
            name: 'list',
            ok: true,
            message: 'as the backend says it',
            reason: {
              code: 'check-listed-in',
              message: 'as the backend says it',
              params: { count: '5', place: 'apps' },
            },
            durationMs: 7,
          },
        ]}
      />,
    );
    expect(
      screen.getByText('Lists repositories: 5 repositories in apps (7 ms)'),
    ).toBeVisible();
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
