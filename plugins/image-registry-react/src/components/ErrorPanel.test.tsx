import { ResponseError } from '@backstage/errors';
import { renderInTestApp } from '@backstage/test-utils';
import { screen } from '@testing-library/react';
import { ErrorPanel } from './ErrorPanel';

/** What the backend answers, as the page's client throws it. */
function answered(status: number, error: object): Promise<ResponseError> {
  const body = { error, response: { statusCode: status } };
  return ResponseError.fromResponse({
    ok: false,
    status,
    statusText: 'Refused',
    headers: new Headers({ 'content-type': 'application/json' }),
    text: async () => JSON.stringify(body),
    json: async () => body,
  } as Response);
}

describe('ErrorPanel', () => {
  it.each<[string, number, object, string]>([
    [
      'a refusal by its code and values, not by its English sentence',
      404,
      {
        name: 'NotFoundError',
        message: 'Nothing of that name',
        reason: {
          code: 'no-such-registry',
          message: 'Nothing of that name',
          params: { id: 'harbor' },
        },
      },
      'No registry harbor',
    ],
    [
      "a registry's failure in its words, with what to do about it",
      503,
      {
        name: 'ServiceUnavailableError',
        message: 'Harbor: no answer. Come back tomorrow',
        reason: {
          code: 'registry-does-not-answer',
          message: 'Harbor: no answer',
          params: { detail: 'Harbor: no answer' },
        },
        remedy: { code: 'try-later', message: 'Come back tomorrow' },
      },
      'Harbor: no answer. Try again later',
    ],
    [
      'each wrong field of a form',
      400,
      {
        name: 'InputError',
        message: 'Invalid body: several things',
        problems: [
          {
            path: 'credentials.password',
            reason: { code: 'field-needed', message: 'has to be there' },
          },
          {
            path: 'options.region',
            reason: { code: 'of-another-module', message: 'is not served' },
          },
        ],
      },
      'credentials.password: is needed; options.region: is not served',
    ],
    [
      'what has no code by its sentence',
      409,
      { name: 'ConflictError', message: 'It is in use' },
      'It is in use',
    ],
    [
      'a refusal of the framework, and who can help',
      403,
      { name: 'NotAllowedError', message: 'Unauthorized' },
      'You may not do this: Unauthorized. Ask an owner of the component or an administrator of the portal.',
    ],
    [
      'a reason of another shape not at all',
      400,
      { name: 'InputError', message: 'Wrong', reason: 'text', problems: 'x' },
      'Wrong',
    ],
  ])('tells %s', async (_name, status, error, text) => {
    await renderInTestApp(<ErrorPanel error={await answered(status, error)} />);
    expect(screen.getByText(text)).toBeVisible();
  });

  it('says so when the portal does not answer', async () => {
    await renderInTestApp(
      <ErrorPanel error={new TypeError('Failed to fetch')} />,
    );
    expect(
      screen.getByText('The portal does not answer; check your connection'),
    ).toBeVisible();
  });
});
