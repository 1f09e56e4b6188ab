import { isTag } from '../reference';
import { isArtifactTag } from './artifactTags';
import { compareCandidates, comparePushes } from './candidateOrder';
import { CompiledRule, TagTest } from './CompiledRule';
import { parseRange } from './parseRange';
import { ruleReasons } from './reasons';
import { TagRule } from './tagRule';
import {
  compareSpellings,
  compareVersions,
  orderOfRelease,
  parseVersion,
  Version,
  whyNoVersion,
} from './version';
import { testRange } from './VersionRange';

const maxTagLength = 128;

/** Versions inside a range; newer is the higher version. */
export function compileSemver(
  rule: Extract<TagRule, { kind: 'semver' }>,
): CompiledRule {
  const { range, prereleases = false, partialVersions = false } = rule;
  const sets = parseRange(range, prereleases);
  const verdicts = {
    'in-range': { accepted: true, reason: ruleReasons.versionInRange(range) },
    'out-of-range': rejected(ruleReasons.versionOutOfRange(range)),
    prerelease: rejected(ruleReasons.versionIsPrerelease(range)),
  };

  // An evaluation asks for the verdict and then for the key of the same tag.
  let lastTag: string | undefined;
  let lastVersion: Version | undefined;
  const read = (tag: string): Version | undefined => {
    if (tag !== lastTag) {
      lastTag = tag;
      lastVersion = readVersion(tag, partialVersions);
    }
    return lastVersion;
  };
  const compiled: CompiledRule = {
    rule,
    ordered: true,
    test: tag => {
      const version = read(tag);
      return version
        ? verdicts[testRange(sets, version, prereleases)]
        : whyUnread(tag);
    },
    key: candidate => {
      const version = read(candidate.tag);
      return version && testRange(sets, version, prereleases) === 'in-range'
        ? { candidate, version, order: orderOfRelease(version) }
        : undefined;
    },
    compareKeys: (a, b) =>
      (a.version &&
        b.version &&
        (compareVersions(a.version, b.version) ||
          compareSpellings(a.version, b.version))) ||
      comparePushes(a.candidate, b.candidate),
    compare: (a, b) => compareCandidates(compiled, a, b),
    describe: () => `the highest version in ${range}`,
  };
  return compiled;
}

function readVersion(tag: string, partial: boolean): Version | undefined {
  const version = parseVersion(tag, partial);
  // `1.2.3-rc.sig` reads like a prerelease.
  return version &&
    tag.length <= maxTagLength &&
    (version.prereleaseAt === 0 || !isArtifactTag(tag))
    ? version
    : undefined;
}

function rejected(reason: TagTest['reason']): TagTest {
  return { accepted: false, reason };
}

const invalid = rejected(ruleReasons.tagInvalid());
const artifact = rejected(ruleReasons.tagIsArtifact());
const unread = {
  unreadable: rejected(ruleReasons.versionUnreadable()),
  partial: rejected(ruleReasons.versionPartial()),
  'leading-zero': rejected(ruleReasons.versionLeadingZero()),
};

function whyUnread(tag: string): TagTest {
  if (!isTag(tag)) {
    return invalid;
  }
  return isArtifactTag(tag) ? artifact : unread[whyNoVersion(tag)];
}
