import { translateKeel } from '../translations';
import { TagRule } from '../tagRule';
import { TagCandidate } from '../CompiledRule';
import { PolicyCase } from './PolicyCase';

/** Tags pushed one day after the other. */
function daily(...tags: string[]): TagCandidate[] {
  return tags.map((tag, day) => ({
    tag,
    digest: `sha256:${tag}`,
    pushedAt: `2026-01-${String(day + 1).padStart(2, '0')}T00:00:00Z`,
  }));
}

function named(...tags: string[]): TagCandidate[] {
  return tags.map(tag => ({ tag }));
}

function fromKeel(policy: string, runningTag: string): TagRule {
  const [{ rule }] = translateKeel(`keel.sh/policy: ${policy}`, { runningTag });
  if (!rule) {
    throw new Error(`Keel's ${policy} became no rule`);
  }
  return rule;
}

const digest = 'a'.repeat(64);
const amd64 = { os: 'linux', architecture: 'amd64' };
const arm64 = { os: 'linux', architecture: 'arm64' };

/** Cases in which other updaters were seen to fail, and some all should pass. */
export const policyCases: PolicyCase[] = [
  {
    name: 'Two spellings of one version',
    rule: {
      kind: 'semver',
      range: '*',
      include: [{ kind: 'regex', pattern: 'v?2.*' }],
    },
    tags: named('v2.0.0', '2.0.0', '1.9.0'),
    right: '2.0.0',
    why: 'Equal versions are decided by their spelling, always the same way.',
    peers: [
      {
        peer: 'Flux',
        answer:
          'with a filter a random one: v2.0.0 in 166 of 200 evaluations, 2.0.0 in 34',
        evidence: 'run',
      },
      {
        peer: 'Flux',
        answer: 'users see tags flap',
        evidence: 'reported',
        source: 'flux2#5691',
      },
    ],
  },
  {
    name: 'Timestamps of 17 digits',
    rule: { kind: 'numeric' },
    tags: named(
      '20240101120000121',
      '20240101120000124',
      '20240101120000123',
      '20240101120000122',
    ),
    right: '20240101120000124',
    why: 'Numbers are compared digit by digit; a float holds 15 of them.',
    peers: [
      {
        peer: 'Flux',
        answer: 'float64: the newest lost in 22 of 200 evaluations',
        evidence: 'run',
      },
    ],
  },
  {
    name: 'One tag that is no number',
    rule: { kind: 'numeric' },
    tags: named('1', '2', 'latest'),
    right: '2',
    rejected: { latest: 'number-unreadable' },
    why: 'One tag is rejected, with its reason; the others are compared.',
    peers: [
      {
        peer: 'Flux',
        answer:
          'the whole policy fails: "failed to parse invalid numeric value"',
        evidence: 'read',
      },
    ],
  },
  {
    name: 'Two tags with the same key',
    rule: {
      kind: 'semver',
      range: '*',
      key: { pattern: '([0-9.]+)-(?:amd64|arm64)', template: '$1' },
    },
    tags: named('1.2.3-arm64', '1.2.3-amd64', '1.2.2-amd64'),
    right: '1.2.3-arm64',
    why: 'Equal keys are decided by the spelling of the tag, not by the order of the listing.',
    peers: [
      {
        peer: 'Flux',
        answer: 'keeps the one that was listed last',
        evidence: 'run',
      },
    ],
  },
  {
    name: 'Build numbers of different length',
    rule: { kind: 'numeric', key: { pattern: 'b-([0-9]+)' } },
    tags: daily('b-9', 'b-10', 'b-100'),
    right: 'b-100',
    why: 'Nine is less than a hundred.',
    peers: [
      {
        peer: 'Keel',
        answer: '`compare` sorts as text: b-9 over b-100 over b-10',
        evidence: 'run',
      },
    ],
  },
  {
    name: 'An old build pushed again',
    rule: { kind: 'numeric', key: { pattern: 'b-([0-9]+)' } },
    tags: daily('b-9', 'b-100'),
    pushes: [1, 0],
    right: 'b-100',
    why: 'Nothing goes back by an event.',
    peers: [
      {
        peer: 'Keel',
        answer: 'a regexp policy deploys every match: b-100, then b-9',
        evidence: 'run',
      },
    ],
  },
  {
    name: 'Numbers in a glob',
    rule: fromKeel('"glob:build-*"', 'build-9'),
    tags: named('build-9', 'build-10', 'nightly'),
    right: 'build-10',
    rejected: { nightly: 'tag-not-included' },
    why: 'Pasted from Keel, the rule compares numbers as numbers, and says so.',
    peers: [
      { peer: 'Keel', answer: 'compares as text: build-9', evidence: 'read' },
    ],
  },
  {
    name: 'A variant beside the plain tag',
    rule: fromKeel('minor', '1.2.3-alpine'),
    tags: named(
      '1.2.3-alpine',
      '1.2.4',
      '1.3.0-bookworm',
      '1.2.10-alpine',
      '2.0.0-alpine',
    ),
    right: '1.2.10-alpine',
    why: 'The suffix of what runs is kept, as Keel does; the part before it is compared.',
    peers: [
      {
        peer: 'Flux',
        answer: 'a suffix is a prerelease: 1.2.4, another base image',
        evidence: 'read',
      },
    ],
  },
  {
    name: 'A suffix is not a newer release',
    rule: { kind: 'semver', range: '^1' },
    tags: named('1.2.3', '1.2.4-arm64', '1.3.0-rc.1'),
    right: '1.2.3',
    rejected: { '1.2.4-arm64': 'version-is-prerelease' },
    why: 'Prereleases are taken only where the rule says so.',
    peers: [],
  },
  {
    name: 'A commit of digits only',
    rule: { kind: 'semver', range: '*' },
    tags: named('1.9.0', '1234567', 'v1.10.0', '20240101'),
    right: 'v1.10.0',
    rejected: { '1234567': 'version-partial' },
    why: 'One number is no version unless the rule says so.',
    peers: [
      {
        peer: 'Argo CD Image Updater',
        answer: 'reads 1234567 as 1234567.0.0, the highest',
        evidence: 'read',
      },
    ],
  },
  {
    name: 'Versions of 20 digits',
    rule: { kind: 'semver', range: '>=1' },
    tags: named('1.0.99999999999999999998', '1.0.99999999999999999999'),
    right: '1.0.99999999999999999999',
    why: 'Numbers may have any length.',
    peers: [
      {
        peer: 'node-semver',
        answer: 'neither is a version: beyond 2^53',
        evidence: 'run',
      },
    ],
  },
  {
    name: 'Months of two digits',
    rule: { kind: 'calver', format: 'YYYY.MM.DD' },
    tags: named('2026.9.30', '2026.10.1', '2026.13.1'),
    right: '2026.10.1',
    rejected: { '2026.13.1': 'calendar-differs' },
    why: 'Dates are compared as dates.',
    peers: [
      {
        peer: 'Argo CD Image Updater',
        answer: 'alphabetical: 2026.9.30',
        evidence: 'read',
      },
      { peer: 'Kargo', answer: 'Lexical: 2026.9.30', evidence: 'read' },
    ],
  },
  {
    name: 'Zero-padded calendar versions',
    rule: { kind: 'calver', format: 'YYYY.0M.0D' },
    tags: named('2026.01.09', '2026.01.10', '2025.12.31'),
    right: '2026.01.10',
    why: 'No version of semver.org has leading zeros; a format says what is meant.',
    peers: [
      {
        peer: 'node-semver',
        answer: 'two of them are no versions: 2025.12.31',
        chooses: '2025.12.31',
        evidence: 'run',
      },
    ],
  },
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
