/** Codes of failures that have words of their own. */
const codes = [
  'name-not-found',
  'unreachable',
  'timeout',
  'untrusted-certificate',
  'protocol-mismatch',
  'forbidden-address',
  'unauthenticated',
  'forbidden',
  'not-found',
  'rate-limited',
  'unsupported',
  'server-error',
  'invalid-response',
  'internal',
] as const;

/** Whether a code of a check's step is one of them. */
export function isCheckCode(code: string): code is (typeof codes)[number] {
  return (codes as readonly string[]).includes(code);
}
