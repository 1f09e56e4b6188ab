/**
 * A key for one click: sent again with the same key, a request is done once.
 */
export function createIdempotencyKey(): string {
  // Not randomUUID: browsers offer it on https and localhost only, and
  // portals inside a company are often plain http.
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, byte => byte.toString(16).padStart(2, '0')).join('');
}
