import { TagRule } from '../tagRule';
import { translateKeel } from '../translations';
import { daily, named } from './caseTags';
import { PolicyCase } from './PolicyCase';

function fromKeel(policy: string, runningTag: string): TagRule {
  const [{ rule }] = translateKeel(`keel.sh/policy: ${policy}`, { runningTag });
  if (!rule) {
    throw new Error(`Keel's ${policy} became no rule`);
  }
  return rule;
}

/** Which of several tags is the newest. */
export const orderCases: PolicyCase[] = [
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
    name: 'A day and the build of that day',
    rule: {
      kind: 'natural',
      include: [{ kind: 'regex', pattern: '[0-9]{8}-[0-9]+' }],
    },
    tags: daily('20220209-22', '20220209-9', '20220208-30', 'latest'),
    right: '20220209-22',
    pushes: [0, 1, 2],
    why: 'Each number is compared as a number, the day before the build.',
    peers: [
      {
        peer: 'Flux',
        answer: 'one number only: users ask for two',
        evidence: 'reported',
        source: 'image-reflector-controller#340',
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
];
