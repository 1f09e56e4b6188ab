import { helmCharts } from '../../registry/seed/artifacts';
import { VendorRegistry } from './VendorRegistry';

const DAY = 24 * 60 * 60 * 1000;

/** More than one page of any vendor's listing that a test cares for. */
export const NIGHTLY_TAGS = 130;

const NEWEST = Date.parse('2026-11-16T09:30:00Z');

function daysBefore(days: number): Date {
  return new Date(NEWEST - days * DAY);
}

/**
 * Fills a vendor's namespace with what listings differ by: `web` (two
 * platforms, several tags of one digest), `api` (Docker's media types),
 * `nightly` ({@link NIGHTLY_TAGS} tags) and `chart` (no image). Push times are
 * fixed and differ from the creation times.
 *
 * @param namespace - stands before each name with a slash
 */
export function seedVendorImages(
  registry: VendorRegistry,
  namespace: string,
): void {
  const platforms = [
    { os: 'linux', architecture: 'amd64' },
    { os: 'linux', architecture: 'arm64', variant: 'v8' },
  ];
  const releases: [string[], number][] = [
    [['v1.0.0'], 90],
    [['v1.1.0'], 60],
    [['v1.2.0', '1.2', 'latest'], 12],
  ];
  for (const [tags, days] of releases) {
    registry.add({
      repository: `${namespace}/web`,
      tags,
      platforms,
      created: daysBefore(days + 1),
      pushedAt: daysBefore(days),
      labels: { 'org.opencontainers.image.title': 'web' },
    });
  }
  registry.add({
    repository: `${namespace}/api`,
    tags: ['2.0.0', 'latest'],
    format: 'docker',
    created: daysBefore(31),
    pushedAt: daysBefore(30),
  });
  for (let night = 1; night <= NIGHTLY_TAGS; night += 1) {
    registry.add({
      repository: `${namespace}/nightly`,
      tags: [`build-${String(night).padStart(4, '0')}`],
      pushedAt: daysBefore((NIGHTLY_TAGS - night) / 2),
    });
  }
  for (const { bundle, tags } of helmCharts()) {
    registry.store(`${namespace}/chart`, bundle, tags, daysBefore(20));
  }
}
