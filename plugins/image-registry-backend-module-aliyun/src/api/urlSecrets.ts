import type { AlibabaCall } from './AlibabaApi';

/**
 * What no message may repeat of the URLs that a call carries: those of triggers
 * end in their secret.
 */
export function urlSecrets({
  body,
  query,
}: Pick<AlibabaCall, 'body' | 'query'>): string[] {
  const urls = JSON.stringify([query, body]).match(/https?:\/\/[^"\s]+/g);
  return (urls ?? []).map(url => url.slice(url.lastIndexOf('/') + 1));
}
