import { InputError } from '@backstage/errors';
import { Protection } from '@slipway/backstage-plugin-image-registry-common';
import { IANAZone } from 'luxon';

/** @throws InputError naming a time zone that nobody knows */
export function validateProtection({ windows = [] }: Protection): void {
  windows.forEach(({ timeZone }, index) => {
    if (!IANAZone.isValidZone(timeZone)) {
      throw new InputError(
        `Invalid body: protection.windows.${index}.timeZone: ${timeZone} is no time zone; give an IANA name such as Europe/Berlin`,
      );
    }
  });
}
