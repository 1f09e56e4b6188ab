/**
 * The code of Node's network errors, such as ENOTFOUND, wherever a library has
 * wrapped it. Nothing else of an error is safe to show: messages of requests
 * may hold what was sent.
 */
export function connectionCode(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null) {
    return undefined;
  }
  const { code, cause } = error as { code?: unknown; cause?: unknown };
  return typeof code === 'string' && /^E[A-Z_]+$/.test(code)
    ? code
    : connectionCode(cause);
}
