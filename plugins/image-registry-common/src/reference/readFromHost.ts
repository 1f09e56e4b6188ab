import { FormField } from '../api/providers';

/**
 * What a registry's host tells of a field of its form, such as the region.
 *
 * @param host - without port
 */
export function readFromHost(
  { fromHost = [] }: Pick<FormField, 'fromHost'>,
  host: string,
): string | undefined {
  for (const pattern of fromHost) {
    const found = new RegExp(pattern).exec(host)?.at(-1);
    if (found) {
      return found;
    }
  }
  return undefined;
}
