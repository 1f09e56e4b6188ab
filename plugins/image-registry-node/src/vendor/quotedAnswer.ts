import { withoutSecrets } from '../transport';

/** Characters of a vendor's message that are repeated. */
const LONGEST_QUOTE = 200;

/**
 * What a vendor says of a failure, for the end of a sentence: in parentheses,
 * on one line, without what was sent as a secret. Empty when it says nothing.
 */
export function quotedAnswer(
  message: unknown,
  secrets: readonly string[],
): string {
  const clean =
    typeof message === 'string'
      ? withoutSecrets(message, secrets)
          .replace(/[\s\p{Cc}]+/gu, ' ')
          .trim()
          .slice(0, LONGEST_QUOTE)
      : '';
  return clean ? ` (${clean})` : '';
}
