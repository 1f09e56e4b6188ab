import { daily, named } from './caseTags';
import { PolicyCase } from './PolicyCase';

const digest = 'a'.repeat(64);
const amd64 = { os: 'linux', architecture: 'amd64' };
const arm64 = { os: 'linux', architecture: 'arm64' };

/** What may be chosen at all, by the tag, its platform or its times, and when nothing may. */
export const candidateCases: PolicyCase[] = [
  {
    name: 'Signatures beside images',
    rule: { kind: 'alphabetical' },
    tags: named(
      'build-1',
      `sha256-${digest}`,
      `sha256-${digest}.sig`,
      `sha256-${digest}.att`,
      'x.sbom',
    ),
    right: 'build-1',
    rejected: {
      [`sha256-${digest}.att`]: 'tag-is-artifact',
      [`sha256-${digest}`]: 'tag-is-artifact',
    },
    why: 'What accompanies an image is never deployed instead of one.',
    peers: [
      { peer: 'Flux', answer: 'excludes .sig only: x.sbom', evidence: 'read' },
      {
        peer: 'Rainbond',
        answer: '`.*` deploys a .sig tag as an image',
        evidence: 'run',
      },
    ],
  },
  {
    name: 'A digest in the place of the tag',
    rule: { kind: 'regex', pattern: '.*' },
    tags: [
      ...daily('v1'),
      { tag: `sha256:${digest}`, pushedAt: '2026-02-01T00:00:00Z' },
    ],
    pushes: [0, 1],
    right: 'v1',
    rejected: { [`sha256:${digest}`]: 'tag-invalid' },
    why: 'Harbor names untagged pushes so (harbor#19982); no image can be pulled by it as a tag.',
    peers: [
      {
        peer: 'Rainbond',
        answer: 'writes repository:sha256:…, and fails on every event after it',
        evidence: 'run',
      },
    ],
  },
  {
    name: 'An expression that matches the beginning',
    rule: { kind: 'regex', pattern: 'v1\\.0' },
    tags: daily('v1.0', 'v1.0.5', 'v1x0', 'dev1.0'),
    pushes: [0, 1, 2, 3],
    right: 'v1.0',
    rejected: { 'v1.0.5': 'pattern-differs', v1x0: 'pattern-differs' },
    why: 'An expression matches the whole tag, and a looser one is named as such.',
    peers: [
      {
        peer: 'Rainbond',
        answer: 'v1.0 takes v1.0.5 and v1x0',
        evidence: 'run',
      },
    ],
  },
  {
    name: 'An event that comes late',
    rule: { kind: 'regex', pattern: 'cloudprod-v.*' },
    tags: daily('cloudprod-v1', 'cloudprod-v2', 'cloudprod-v3'),
    pushes: [2, 0, 1],
    right: 'cloudprod-v3',
    why: 'Without an order of its own, newer is what was pushed later, not what was heard later.',
    peers: [
      {
        peer: 'Rainbond',
        answer: 'goes back to an older tag by itself',
        evidence: 'reported',
        source: 'rainbond#2436',
      },
    ],
  },
  {
    name: 'Latest beside releases',
    rule: { kind: 'semver', range: '^1' },
    tags: daily('1.2.0', 'latest', '1.3.0'),
    pushes: [0, 2, 1],
    right: '1.3.0',
    rejected: { latest: 'version-unreadable' },
    why: 'A tag without a version is no candidate.',
    peers: [
      {
        peer: 'Keel',
        answer: 'replaces latest, when it runs, by any tag',
        evidence: 'read',
      },
    ],
  },
  {
    name: 'A listing that was cut',
    rule: { kind: 'semver', range: '*' },
    tags: named('1.0.0', '1.1.0'),
    listing: { complete: false },
    blocked: 'listing-incomplete',
    why: 'Incomplete data decides nothing.',
    peers: [
      {
        peer: 'Flux',
        answer:
          'takes the best of what it saw; the number of tags varies from scan to scan',
        evidence: 'reported',
        source: 'image-reflector-controller#817',
      },
      {
        peer: 'ECR plugin of Backstage',
        answer: 'stops at 100 images, then sorts',
        evidence: 'read',
      },
    ],
  },
  {
    name: 'A listing that shrank',
    rule: { kind: 'semver', range: '*' },
    tags: named('1.0.0', '1.1.0'),
    listing: { complete: true, countBefore: 4000 },
    blocked: 'listing-shrunk',
    why: 'Most tags gone at once is a fault more often than a wish.',
    peers: [
      {
        peer: 'Flux',
        answer: 'downgraded after it had run out of memory',
        evidence: 'reported',
        source: 'flux2#4984',
      },
    ],
  },
  {
    name: 'A build time that could not be read',
    rule: { kind: 'newest-created' },
    tags: [{ tag: 'a', createdAt: '2026-01-01T00:00:00Z' }, { tag: 'b' }],
    blocked: 'created-times-unknown',
    why: 'The tag without a time may be the newest.',
    peers: [
      {
        peer: 'Argo CD Image Updater',
        answer: 'drops the tag and takes another: a',
        evidence: 'reported',
        source: 'argocd-image-updater#511',
      },
    ],
  },
  {
    name: 'Rebuilt from a cache: one build time for all',
    rule: { kind: 'newest-pushed' },
    tags: daily('f00', 'bar', 'baz').map(tag => ({
      ...tag,
      createdAt: '2025-01-01T00:00:00Z',
    })),
    right: 'baz',
    why: 'The registry knows when it was pushed; the build time is that of the base image.',
    peers: [
      {
        peer: 'Argo CD Image Updater',
        answer: 'newest-build falls back to the name: f00',
        evidence: 'reported',
        source: 'argocd-image-updater#681',
      },
      {
        peer: 'Kargo',
        answer: 'the same with NewestBuild',
        evidence: 'reported',
        source: 'kargo#5179',
      },
    ],
  },
  {
    name: 'One build time for all, newest built wanted',
    rule: { kind: 'newest-created' },
    tags: named('f00', 'bar', 'latest').map(tag => ({
      ...tag,
      createdAt: '2025-01-01T00:00:00Z',
    })),
    right: 'latest',
    why: 'Equal times are decided by the spelling, the same in every evaluation.',
    peers: [],
  },
  {
    name: 'An image without the platform of the nodes',
    rule: { kind: 'semver', range: '*', platforms: ['linux/arm64'] },
    tags: [
      { tag: '1.1.0', platforms: [amd64] },
      { tag: '1.0.0', platforms: [amd64, arm64] },
    ],
    right: '1.0.0',
    rejected: { '1.1.0': 'platform-missing' },
    why: 'An image that cannot run there is not a candidate.',
    peers: [
      { peer: 'Flux', answer: 'knows no platforms: 1.1.0', evidence: 'read' },
      {
        peer: 'Argo CD Image Updater',
        answer: 'looks at platforms only for newest-build and digest: 1.1.0',
        evidence: 'read',
      },
    ],
  },
  {
    name: 'One platform under two names',
    rule: { kind: 'semver', range: '*', platforms: ['linux/arm64/v8'] },
    tags: [
      { tag: '1.1.0', platforms: [arm64] },
      { tag: '1.0.0', platforms: [{ ...arm64, variant: 'v8' }] },
    ],
    right: '1.1.0',
    why: 'arm64 without a variant is arm64/v8.',
    peers: [
      {
        peer: 'Argo CD Image Updater',
        answer: 'users report trouble with arm64 beside arm64/v8',
        evidence: 'reported',
        source: 'argocd-image-updater#355, #297, #711, #665',
      },
    ],
  },
  {
    name: 'No push times at all',
    rule: { kind: 'regex', pattern: 'main-.*' },
    tags: named('main-a1', 'main-b2'),
    blocked: 'push-times-unknown',
    why: 'Without an order and without times, none is the newest: what runs stays until the next push.',
    peers: [
      { peer: 'Keel', answer: 'the last by text: main-b2', evidence: 'read' },
    ],
  },
  {
    name: 'Prereleases by the range',
    rule: { kind: 'semver', range: '>=1.3.0-rc.1 <2' },
    tags: named('1.3.0-rc.2', '1.4.0-rc.1', '1.3.0-rc.10'),
    right: '1.3.0-rc.10',
    rejected: { '1.4.0-rc.1': 'version-is-prerelease' },
    why: 'By npm’s rule a range that names a prerelease takes those of the same version; a switch takes all.',
    peers: [],
  },
];
