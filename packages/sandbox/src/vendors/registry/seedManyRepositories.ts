import { buildVendorImage } from './buildVendorImage';
import { VendorRegistry } from './VendorRegistry';

const PUSHED_AT = new Date('2026-11-01T08:00:00Z');

/**
 * Adds repositories of one tag each, for a listing of more than one page. All
 * hold the same image, so that a thousand of them cost milliseconds.
 *
 * @param namespace - stands before each name with a slash
 */
export function seedManyRepositories(
  registry: VendorRegistry,
  namespace: string,
  count: number,
): void {
  const tags = ['latest'];
  const bundle = buildVendorImage({
    repository: `${namespace}/job`,
    tags,
    pushedAt: PUSHED_AT,
  });
  for (let number = 1; number <= count; number += 1) {
    registry.store(`${namespace}/job-${number}`, bundle, tags, PUSHED_AT);
  }
}
