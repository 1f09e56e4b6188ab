import { TagOrder } from '../orders/TagOrder';
import { ruleReasons } from '../reasons';
import { TagRuleOf } from '../tagRule';
import { parseRange } from './parseRange';
import {
  compareSpellings,
  compareVersions,
  orderOfRelease,
  parseVersion,
  preferPlain,
  Version,
  VersionSpelling,
  mayBeVersion,
  whyNoVersion,
} from './version';
import { scanRefusals, scanReleases } from './scanReleases';
import { testRange } from './VersionRange';

const maxTagLength = 128;

const unread = {
  unreadable: ruleReasons.versionUnreadable(),
  partial: ruleReasons.versionPartial(),
  'leading-zero': ruleReasons.versionLeadingZero(),
};

/**
 * Versions inside a range; newer is the higher version.
 * @throws InvalidRuleError with the place where reading the range stopped
 */
export function semverOrder(rule: TagRuleOf<'semver'>): TagOrder<Version> {
  const { range, prereleases = false } = rule;
  const spelling: VersionSpelling = {
    partial: rule.partialVersions,
    build: rule.buildMetadata,
  };
  const sets = parseRange(range, prereleases);
  const refused = {
    ...unread,
    'out-of-range': ruleReasons.versionOutOfRange(range),
    prerelease: ruleReasons.versionIsPrerelease(range),
  };
  return {
    description: `the highest version in ${range}`,
    accepted: ruleReasons.versionInRange(range),
    read: text => {
      const version = parseVersion(text, spelling);
      return version && testRange(sets, version, prereleases) === 'in-range'
        ? version
        : undefined;
    },
    whyNot: text => {
      if (!mayBeVersion(text)) {
        return refused.unreadable;
      }
      const version = parseVersion(text, spelling);
      const verdict = version && testRange(sets, version, prereleases);
      return verdict === undefined || verdict === 'in-range'
        ? refused[whyNoVersion(text)]
        : refused[verdict];
    },
    measure: text => parseVersion(text, spelling),
    compare: compareVersions,
    prefer: compareSpellings,
    numberOf: orderOfRelease,
    scan: scanReleases(sets, rule),
    preferScanned: preferPlain,
    refusals: scanRefusals.map(why => refused[why]),
    // `1.2.3-rc.sig` reads like a prerelease.
    impliesImageTag: ({ prereleaseAt, end }, { length }) =>
      prereleaseAt === 0 && end === length && length <= maxTagLength,
  };
}
