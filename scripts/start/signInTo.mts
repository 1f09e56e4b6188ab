/**
 * Sends a request to a route of the portal's backend.
 *
 * @returns what the answer's JSON says, which is believed to be a `T`.
 * @throws Error with the answer when the portal refuses.
 */
export type PortalCall = <T = unknown>(
  method: string,
  path: string,
  body?: unknown,
) => Promise<T>;

/** The portal's REST routes as one of the people of the development sign-in. */
export async function signInTo(
  backend: string,
  person: string,
): Promise<PortalCall> {
  const answer = await fetch(`${backend}/api/auth/development/refresh`, {
    headers: { 'x-development-person': person },
  });
  const session = await answer.json();
  const token: string = session.backstageIdentity.token;
  return async (method, path, body) => {
    const response = await fetch(`${backend}${path}`, {
      method,
      headers: {
        authorization: `Bearer ${token}`,
        'content-type': 'application/json',
      },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
    const text = await response.text();
    if (!response.ok) {
      throw new Error(`${method} ${path} answered ${response.status}: ${text}`);
    }
    return text === '' ? undefined : JSON.parse(text);
  };
}
