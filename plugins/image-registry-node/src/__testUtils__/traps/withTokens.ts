import { TestHandler } from '../TestServer';

/**
 * A registry with tokens: `requires` names the scope of a path, and a token
 * is good for the scopes that `grants` made of those that were asked for.
 */
export function withTokens(
  content: TestHandler,
  options: {
    requires?: (path: string) => string | undefined;
    grants?: (scopes: string[]) => string[];
    token?: (scopes: string[], count: number) => object;
    challenge?: (scope: string) => string;
  } = {},
): TestHandler {
  const {
    requires = () => 'repository:demo/web:pull',
    grants = scopes => scopes,
    token = scopes => ({
      token: Buffer.from(['granted', ...scopes].join(' ')).toString('hex'),
    }),
    challenge = scope =>
      `Bearer realm="/token",service="registry",scope="${scope}"`,
  } = options;
  let count = 0;
  return (request, response) => {
    const { url, headers } = request;
    if (url.pathname === '/token') {
      count += 1;
      return { body: token(grants(url.searchParams.getAll('scope')), count) };
    }
    const scope = requires(url.pathname) ?? '';
    const granted = Buffer.from(
      headers.authorization?.replace('Bearer ', '') ?? '',
      'hex',
    ).toString();
    const isGranted = scope
      .split(':')
      .pop()
      ?.split(',')
      .every(action =>
        granted
          .split(' ')
          .some(
            text =>
              text.startsWith(scope.slice(0, scope.lastIndexOf(':'))) &&
              text.split(':').pop()?.split(',').includes(action),
          ),
      );
    if (!headers.authorization || !isGranted) {
      return {
        status: 401,
        headers: { 'www-authenticate': challenge(scope) },
        body: { errors: [{ code: 'UNAUTHORIZED', message: 'sign in' }] },
      };
    }
    return content(request, response);
  };
}
