import { Protection } from '@slipway/backstage-plugin-image-registry-common';

/** A protection without the parts that ask for nothing. */
export function cleanProtection(protection: Protection): Protection {
  const entries = Object.entries(protection).filter(
    ([, part]) =>
      part !== undefined &&
      (typeof part !== 'object' ||
        Object.values(part).some(value => value !== undefined)),
  );
  return Object.fromEntries(entries);
}
