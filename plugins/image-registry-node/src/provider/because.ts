import { Reason } from '@slipway/backstage-plugin-image-registry-common';

/**
 * Why something is so: a code for translation with its values, and the same in
 * English. Pages show the English where they do not know the code.
 *
 * @param code - stable, kebab-case
 * @param params - what the sentence names
 */
export function because(
  code: string,
  message: string,
  params?: Record<string, string>,
): Reason {
  return { code, message, ...(params && { params }) };
}
