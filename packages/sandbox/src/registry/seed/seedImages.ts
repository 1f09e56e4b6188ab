import { ImageBundle } from '../images/ImageBundle';
import { companionsOf, helmCharts } from './artifacts';
import { demoServices } from './demoServices';
import { nightlyBuilds, publicLibraries } from './publicLibraries';
import { SeedEntry } from './SeedEntry';

/** Where the seed is stored; a sandbox registry is one. */
export interface SeedTarget {
  store(repository: string, bundle: ImageBundle, tags?: string[]): void;
}

/**
 * Fills a registry with the images of the demo: the same bytes each time, no
 * event for any of them.
 *
 * @returns what was stored, in that order.
 */
export function seedImages(registry: SeedTarget): SeedEntry[] {
  const services = demoServices();
  const current = services.filter(
    each => each.repository === 'demo/web' && each.tags.includes('latest'),
  );
  const entries = [
    ...services,
    ...current.flatMap(companionsOf),
    ...publicLibraries(),
    ...nightlyBuilds(),
    ...helmCharts(),
  ];
  for (const { repository, bundle, tags } of entries) {
    registry.store(repository, bundle, tags);
  }
  return entries;
}
