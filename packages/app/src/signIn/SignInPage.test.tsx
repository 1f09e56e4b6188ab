import { appLanguageApiRef } from '@backstage/core-plugin-api/alpha';
import {
  mockApis,
  registerMswTestHooks,
  renderInTestApp,
} from '@backstage/frontend-test-utils';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { http, HttpResponse } from 'msw';
import { setupServer } from 'msw/node';
import { SignInPage } from './SignInPage';

const language = {
  getAvailableLanguages: () => ({ languages: ['en', 'zh'] }),
  getLanguage: () => ({ language: 'en' }),
  setLanguage: jest.fn(),
  language$: () => ({
    subscribe: () => ({ unsubscribe() {}, closed: false }),
    [Symbol.observable]() {
      return this;
    },
  }),
};

function renderPage(environment: string) {
  const onSignInSuccess = jest.fn();
  renderInTestApp(<SignInPage onSignInSuccess={onSignInSuccess} />, {
    config: { auth: { environment } },
    apis: [mockApis.discovery(), [appLanguageApiRef, language]],
  });
  return onSignInSuccess;
}

describe('SignInPage', () => {
  const server = setupServer();
  registerMswTestHooks(server);

  beforeEach(() => window.sessionStorage.clear());

  function signInAnswers(status: number) {
    const people: string[] = [];
    server.use(
      http.get('*/api/auth/development/refresh', ({ request }) => {
        people.push(request.headers.get('x-development-person') ?? '');
        const identity = {
          type: 'user',
          userEntityRef: 'user:default/owner',
          ownershipEntityRefs: ['user:default/owner'],
        };
        return status === 200
          ? HttpResponse.json({
              profile: { displayName: 'Olivia Owner' },
              backstageIdentity: { token: 'a.e30.b', identity },
            })
          : HttpResponse.json({ error: { message: 'down' } }, { status });
      }),
    );
    return people;
  }

  it('offers four people and signs in as the chosen one', async () => {
    const people = signInAnswers(200);
    const onSignInSuccess = renderPage('development');

    const cards = within(await screen.findByRole('list', { name: 'People' }));
    expect(cards.getAllByRole('button').map(each => each.textContent)).toEqual([
      'Sign in as Ada Admin',
      'Sign in as Olivia Owner',
      'Sign in as Otto Owner',
      'Sign in as Oscar Outsider',
    ]);
    await userEvent.click(
      screen.getByRole('button', { name: 'Sign in as Olivia Owner' }),
    );

    await waitFor(() => expect(onSignInSuccess).toHaveBeenCalledTimes(1));
    expect(people).toEqual(['owner']);
    const [identity] = onSignInSuccess.mock.calls[0];
    expect(await identity.getBackstageIdentity()).toMatchObject({
      userEntityRef: 'user:default/owner',
    });
  });

  it('remembers the choice until sign-out', async () => {
    const people = signInAnswers(200);
    window.sessionStorage.setItem('slipway.developmentPerson', 'owner');
    const onSignInSuccess = renderPage('development');

    await waitFor(() => expect(onSignInSuccess).toHaveBeenCalledTimes(1));
    expect(people).toEqual(['owner']);
    await onSignInSuccess.mock.calls[0][0].signOut();
    expect(
      window.sessionStorage.getItem('slipway.developmentPerson'),
    ).toBeNull();
  });

  it('tries again after a failure', async () => {
    signInAnswers(503);
    window.sessionStorage.setItem('slipway.developmentPerson', 'owner');
    const onSignInSuccess = renderPage('development');

    expect(await screen.findByRole('alert')).toHaveTextContent(
      'Sign-in did not work',
    );
    signInAnswers(200);
    await userEvent.click(screen.getByRole('button', { name: 'Try again' }));

    await waitFor(() => expect(onSignInSuccess).toHaveBeenCalledTimes(1));
  });

  it('offers nobody in production', async () => {
    renderPage('production');

    expect(
      await screen.findByRole('heading', {
        name: 'This portal has no sign-in yet',
      }),
    ).toBeInTheDocument();
    expect(screen.queryByRole('button', { name: /Sign in as/ })).toBeNull();
  });
});
