/** Codes of Node's sockets, and PostgreSQL's classes 08 and 57P. */
const connectionCode =
  /^(ECONN\w*|EPIPE|ETIMEDOUT|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|08\w{3}|57P\d\d)$/;

/**
 * Whether a failure is that of the way to the database, which every other
 * statement would meet as well.
 */
export function isConnectionError(error: unknown): boolean {
  if (!(error instanceof Error)) {
    return false;
  }
  const code = 'code' in error ? String(error.code) : '';
  return (
    connectionCode.test(code) ||
    // Knex found no free connection in time.
    error.name === 'KnexTimeoutError' ||
    // The PostgreSQL driver gives this one no code.
    error.message.startsWith('Connection terminated')
  );
}
