import { because } from '@slipway/backstage-plugin-image-registry-node';
import { invalidField } from './invalidInput';

/**
 * A time that is still to come, as ISO 8601.
 * @throws InputError naming the field
 */
export function futureTime(
  field: string,
  text: string | undefined,
): string | undefined {
  if (text === undefined) {
    return undefined;
  }
  const time = Date.parse(text);
  if (Number.isNaN(time) || time <= Date.now()) {
    throw invalidField(
      field,
      because('time-passed', 'must be a time that is still to come'),
    );
  }
  return new Date(time).toISOString();
}
