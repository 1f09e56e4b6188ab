import { buildApplication } from '../images/buildApplication';
import { daysBefore, SEED_PLATFORMS, SeedEntry } from './SeedEntry';

/** Number of tags of the repository that is long enough to need paging. */
export const MANY_TAGS = 320;

/** Names as on Docker Hub, both formats of Docker and a nested name. */
export function publicLibraries(): SeedEntry[] {
  return [
    library('library/nginx', ['1.29.3', '1.29', 'latest'], 33, 80),
    library('library/nginx', ['1.28.0', '1.28'], 130, 80),
    library('library/redis', ['8.2.1', '8', 'latest'], 57, 6379),
    legacy('library/busybox', ['1.37.0', 'latest'], 175),
    library('team/platform/tools/linter', ['0.9.0'], 62, 8080),
    library('team/platform/tools/linter', ['0.10.0', 'latest'], 12, 8080),
  ];
}

/** One small image for each of several hundred nights. */
export function nightlyBuilds(): SeedEntry[] {
  return Array.from({ length: MANY_TAGS }, (_, index) => {
    const created = daysBefore((MANY_TAGS - index) / 2);
    const number = String(index + 1).padStart(4, '0');
    const tag = `build-${number}`;
    return {
      repository: 'demo/nightly',
      tags: index === MANY_TAGS - 1 ? [tag, 'latest'] : [tag],
      bundle: buildApplication({
        repository: 'demo/nightly',
        version: tag,
        created,
        platforms: SEED_PLATFORMS.slice(0, 1),
      }),
    };
  });
}

function library(
  repository: string,
  tags: string[],
  age: number,
  port: number,
): SeedEntry {
  const bundle = buildApplication({
    repository,
    version: tags[0],
    created: daysBefore(age),
    platforms: SEED_PLATFORMS,
    port,
  });
  return { repository, tags, bundle };
}

/** A single manifest with the media types from before OCI. */
function legacy(repository: string, tags: string[], age: number): SeedEntry {
  const bundle = buildApplication({
    repository,
    version: tags[0],
    created: daysBefore(age),
    platforms: SEED_PLATFORMS.slice(0, 1),
    format: 'docker',
  });
  return { repository, tags, bundle };
}
