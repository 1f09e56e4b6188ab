import { Protection } from '@slipway/backstage-plugin-image-registry-common';
import { because } from '@slipway/backstage-plugin-image-registry-node';
import { IANAZone } from 'luxon';
import { invalidField } from '../http';

/** @throws InputError naming a time zone that nobody knows */
export function validateProtection({ windows = [] }: Protection): void {
  windows.forEach(({ timeZone }, index) => {
    if (!IANAZone.isValidZone(timeZone)) {
      throw invalidField(
        `protection.windows.${index}.timeZone`,
        because(
          'time-zone-unknown',
          `${timeZone} is no time zone; give an IANA name such as Europe/Berlin`,
          { timeZone },
        ),
      );
    }
  });
}
