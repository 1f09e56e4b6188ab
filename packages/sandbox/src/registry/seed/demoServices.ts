import { createHash } from 'node:crypto';
import { buildApplication } from '../images/buildApplication';
import { daysBefore, SEED_PLATFORMS, SeedEntry } from './SeedEntry';

interface Release {
  tags: string[];
  /** Days before the newest seed image. */
  age: number;
}

/** Releases of demo/web; the last three fail in the sandbox cluster. */
const WEB: Release[] = [
  { tags: ['v1.0.0'], age: 168 },
  { tags: ['v1.0.1'], age: 151 },
  { tags: ['v1.1.0'], age: 120 },
  { tags: ['v1.1.1'], age: 103 },
  { tags: ['v1.2.0'], age: 71 },
  { tags: ['v1.2.1'], age: 44 },
  { tags: ['v1.3.0', 'latest'], age: 16 },
  { tags: ['v1.4.0-rc.1'], age: 6 },
  { tags: ['v1.4.0-broken'], age: 4 },
  { tags: ['v1.4.0-crash'], age: 3 },
  { tags: ['v1.4.0-slow'], age: 2 },
  ...mainBuilds('web', 12),
];

const API: Release[] = [
  { tags: ['v2.0.0'], age: 140 },
  { tags: ['v2.1.0'], age: 88 },
  { tags: ['v2.2.0'], age: 39 },
  { tags: ['v2.3.0', 'latest'], age: 9 },
  ...mainBuilds('api', 8),
];

const WORKER: Release[] = [
  { tags: ['2026.06'], age: 160 },
  { tags: ['2026.08'], age: 97 },
  { tags: ['2026.10', 'stable'], age: 21 },
  { tags: ['2026.11', 'latest'], age: 5 },
];

/** The three services that the portal's demo components run. */
export function demoServices(): SeedEntry[] {
  return [
    ...releases('demo/web', WEB, { attestations: true }),
    ...releases('demo/api', API, {}),
    ...releases('demo/worker', WORKER, { singlePlatform: true }),
  ];
}

function releases(
  repository: string,
  list: Release[],
  form: { attestations?: boolean; singlePlatform?: boolean },
): SeedEntry[] {
  return list.map(({ tags, age }) => ({
    repository,
    tags,
    bundle: buildApplication({
      repository,
      version: tags[0],
      created: daysBefore(age),
      platforms: form.singlePlatform
        ? SEED_PLATFORMS.slice(0, 1)
        : SEED_PLATFORMS,
      attestations: form.attestations,
      labels: { 'com.example.team': 'demo' },
    }),
  }));
}

/** Builds of the main branch, `main-<run>-<commit>`, three days apart. */
function mainBuilds(program: string, count: number): Release[] {
  return Array.from({ length: count }, (_, index) => {
    const commit = createHash('sha1')
      .update(`${program} ${index}`)
      .digest('hex');
    return {
      tags: [`main-${101 + index}-${commit.slice(0, 7)}`],
      age: (count - index) * 3,
    };
  });
}
