/** Names and ranges that nobody outside reaches: RFC 1918, 4193, 6761, 6762. */
const privateHosts = [
  /^localhost$/,
  /\.(localhost|local|internal|test|invalid)$/,
  /^127\./,
  /^10\./,
  /^192\.168\./,
  /^172\.(1[6-9]|2\d|3[01])\./,
  /^\[(::1|f[cd])/,
];

/**
 * Whether a registry outside could reach an address, as far as its host tells:
 * a name with a dot, or an address of no private range.
 */
export function isPublicAddress(address: string): boolean {
  let hostname: string;
  try {
    hostname = new URL(address).hostname.toLowerCase();
  } catch {
    return false;
  }
  const qualified = hostname.includes('.') || hostname.startsWith('[');
  return qualified && !privateHosts.some(host => host.test(hostname));
}
