import { because } from '@slipway/backstage-plugin-image-registry-node';
import { invalidInput } from './invalidInput';

/**
 * A time in a query as ms since 1970.
 * @param name - of the query parameter, for the sentence
 * @throws InputError when it is not ISO 8601
 */
export function queryTime(
  name: string,
  value: string | undefined,
): number | undefined {
  if (value === undefined) {
    return undefined;
  }
  const time = Date.parse(value);
  if (Number.isNaN(time)) {
    const reason = because(
      'time-invalid',
      'must be a time such as 2026-11-21T08:00:00Z',
    );
    throw invalidInput('query', [{ path: name, reason }]);
  }
  return time;
}
