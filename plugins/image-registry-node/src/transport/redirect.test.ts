import { RegistryError } from '../provider/RegistryError';
import { followRedirect, Hop } from './redirect';

const from = 'https://registry.example.com/api';
const here = 'https://registry.example.com/other';
const elsewhere = 'https://collector.example.net/api';

function follow(
  method: Hop['method'],
  status: number,
  to: string,
  body?: string,
): Hop {
  return followRedirect(
    {
      url: new URL(from),
      method,
      headers: { authorization: 'Bearer secret', 'content-type': 'text/plain' },
      ...(body !== undefined && { body }),
    },
    status,
    to,
    { operation: 'make the webhook', title: 'Example', url: new URL(from) },
  );
}

function refusalOf(call: () => unknown): RegistryError {
  try {
    call();
  } catch (error) {
    return error as RegistryError;
  }
  throw new Error('it was followed');
}

describe('a redirect', () => {
  it.each([301, 302, 307, 308])(
    'of what is sent is not followed to another origin: %d',
    status => {
      const refusal = refusalOf(() => follow('PUT', status, elsewhere, 'x'));
      expect(refusal).toBeInstanceOf(RegistryError);
      expect(refusal.code).toBe('invalid-response');
      expect(refusal.message).toBe(
        'Example: could not make the webhook at registry.example.com: it redirects what is sent to https://collector.example.net',
      );
      expect(refusal.hint).toContain('https://collector.example.net');
    },
  );

  it('to another port is one to another origin', () => {
    expect(
      refusalOf(() =>
        follow('POST', 307, 'https://registry.example.com:8443/', 'x'),
      ).code,
    ).toBe('invalid-response');
  });

  it.each<[Hop['method'], number]>([
    ['POST', 301],
    ['POST', 302],
    ['POST', 303],
    ['PUT', 303],
    ['PATCH', 303],
    ['DELETE', 303],
  ])('does not make a %s of status %d a GET', (method, status) => {
    const refusal = refusalOf(() => follow(method, status, here));
    expect(refusal.code).toBe('invalid-response');
    expect(refusal.message).toContain(
      `it answers a ${method} with the redirect ${status}`,
    );
  });

  it.each<[Hop['method'], number]>([
    ['POST', 307],
    ['POST', 308],
    ['PUT', 301],
    ['PATCH', 302],
  ])('of a %s by %d inside the origin keeps all of it', (method, status) => {
    expect(follow(method, status, here, 'x')).toEqual({
      url: new URL(here),
      method,
      body: 'x',
      headers: { authorization: 'Bearer secret', 'content-type': 'text/plain' },
    });
  });

  it.each<[Hop['method'], number]>([
    ['GET', 303],
    ['GET', 307],
    ['HEAD', 303],
  ])('of a %s by %d goes elsewhere without credentials', (method, status) => {
    expect(follow(method, status, elsewhere)).toEqual({
      url: new URL(elsewhere),
      method,
      headers: { 'content-type': 'text/plain' },
    });
  });
});
