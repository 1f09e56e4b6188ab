import { Reason } from '../../reason';
import { TagFilter, TagKey, TagRule } from '../tagRule';
import { checkedTranslation } from './checked';
import { notes } from './notes';
import { asMap, asText, parseYamlMaps, YamlMap } from './parseYaml';
import { RuleTranslation, UntranslatableError } from './RuleTranslation';
import { wholeMatch } from './wholeMatch';

/** What Keel looks at beside the annotations. */
export interface KeelContext {
  /** The tag of the image that runs: most of its policies start from it. */
  runningTag?: string;
}

/** Settings whose counterpart is not a part of a rule. */
const elsewhere = [
  'approvals',
  'approvalDeadline',
  'trigger',
  'pollSchedule',
  'monitorContainers',
  'notify',
];

/**
 * Translates Keel's annotations or labels of workloads, or the `keel:` part of
 * a chart's values.
 * https://keel.sh/docs/#policies
 *
 * @throws UntranslatableError when it is no YAML or holds no policy of Keel
 */
export function translateKeel(
  text: string,
  context: KeelContext = {},
): RuleTranslation[] {
  const translations = parseYamlMaps(text).flatMap(map => {
    const settings = settingsOf(map);
    const policy = settings.policy;
    const subject = asText(asMap(map.metadata).name);
    return policy === undefined
      ? []
      : [translatePolicy(subject, policy, settings, context)];
  });
  if (translations.length === 0) {
    throw new UntranslatableError(notes.notFound('keel.sh/policy'));
  }
  return translations;
}

type Settings = Readonly<Record<string, string | undefined>>;

/** Annotations count before labels; what shapes a policy stands beside it. */
function settingsOf(map: YamlMap): Settings {
  const metadata = asMap(map.metadata);
  const places = [
    ownSettings(asMap(metadata.annotations)),
    ownSettings(asMap(map.annotations)),
    ownSettings(asMap(metadata.labels)),
    ownSettings(map),
    chartSettings(asMap(map.keel)),
  ];
  const { policy, matchTag, matchPreRelease } =
    places.find(place => place.policy !== undefined) ?? {};
  return { ...Object.assign({}, ...places), policy, matchTag, matchPreRelease };
}

function chartSettings(values: YamlMap): Settings {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [name, asText(value)]),
  );
}

function ownSettings(map: YamlMap): Settings {
  const settings: Record<string, string | undefined> = {};
  for (const [name, value] of Object.entries(map)) {
    const own = /^keel\.(?:sh|observer)\/(.+)$/.exec(name)?.[1];
    if (own) {
      settings[own] = asText(value);
    }
  }
  const { 'match-tag': older, ...rest } = settings;
  return { ...rest, matchTag: rest.matchTag ?? older };
}

function translatePolicy(
  subject: string | undefined,
  policy: string,
  settings: Settings,
  { runningTag }: KeelContext,
): RuleTranslation {
  const found: Reason[] = elsewhere
    .filter(setting => settings[setting] !== undefined)
    .map(setting => notes.elsewhere(`keel.sh/${setting}`));
  const about = { subject };
  const [, prefix, pattern] = /^(glob|regexp):(.*)$/s.exec(policy) ?? [];
  if (prefix) {
    const rule = prefix === 'glob' ? globRule(pattern) : regexpRule(pattern);
    return checkedTranslation(about, rule, [
      notes.textOrder(),
      notes.neverBack(),
      notes.artifactsExcluded(),
      ...found,
    ]);
  }
  switch (policy) {
    case 'all':
    case 'major':
    case 'minor':
    case 'patch':
      return versionPolicy(about, policy, {
        runningTag,
        anyPrerelease: policy === 'all' || settings.matchPreRelease === 'false',
        found,
      });
    case 'force':
      return forcePolicy(about, settings.matchTag === 'true', {
        runningTag,
        found,
      });
    default:
      return {
        ...about,
        notes: [notes.noEquivalent(`keel.sh/policy: ${policy}`)],
      };
  }
}

/** Only `*` means something in Keel's globs. */
function globRule(pattern: string): TagRule {
  return { kind: 'natural', include: [{ kind: 'glob', pattern }] };
}

function regexpRule(searched: string): TagRule {
  const pattern = wholeMatch(searched);
  return searched.includes('(?P<compare>')
    ? { kind: 'natural', key: { pattern, template: '${compare}' } }
    : { kind: 'natural', include: [{ kind: 'regex', pattern }] };
}

function forcePolicy(
  about: Pick<RuleTranslation, 'subject'>,
  matchTag: boolean,
  { runningTag, found }: { runningTag?: string; found: Reason[] },
): RuleTranslation {
  if (!matchTag) {
    return checkedTranslation(about, { kind: 'newest-pushed' }, [
      notes.anyTagByPush(),
      notes.noEventOrder(),
      ...found,
    ]);
  }
  return runningTag === undefined
    ? { ...about, notes: [notes.needsRunningTag('keel.sh/matchTag')] }
    : checkedTranslation(about, { kind: 'same-tag', tag: runningTag }, found);
}

/** Parts that are not written count as 0. */
const version = /^[vV]?([0-9]+)(?:\.([0-9]+))?(?:\.[0-9]+)?(?:-(.+))?$/;

/** Keel leaves them out: a number, a day, a commit. */
const tagsWithoutDot: TagFilter = { kind: 'regex', pattern: '[^.]*' };

/** `minor` and `patch` start from what runs; so does the suffix of all but `all`. */
function versionPolicy(
  about: Pick<RuleTranslation, 'subject'>,
  level: 'all' | 'major' | 'minor' | 'patch',
  context: { runningTag?: string; anyPrerelease: boolean; found: Reason[] },
): RuleTranslation {
  const { runningTag, anyPrerelease, found } = context;
  const fixed = level === 'minor' || level === 'patch';
  if (runningTag === undefined && fixed) {
    return {
      ...about,
      notes: [notes.needsRunningTag(`keel.sh/policy: ${level}`)],
    };
  }
  const running = version.exec(runningTag ?? '');
  if (!running && runningTag !== undefined && runningTag !== 'latest') {
    return { ...about, notes: [notes.needsVersionRunning(runningTag)] };
  }
  const range = running && fixed ? rangeOf(level, running) : '*';
  const suffix = anyPrerelease ? undefined : running?.[3];
  const rule: TagRule = {
    kind: 'semver',
    range,
    ...(anyPrerelease && { prereleases: true }),
    partialVersions: true,
    ...(suffix && { key: keyBefore(suffix) }),
    exclude: [tagsWithoutDot],
  };
  return checkedTranslation(about, rule, [
    notes.partialVersions(),
    ...(running && fixed ? [notes.fixedRange(range, runningTag ?? '')] : []),
    ...(!running && runningTag ? [notes.notVersionRunning(runningTag)] : []),
    ...(suffix ? [notes.suffixKept(`-${suffix}`)] : []),
    ...found,
  ]);
}

function rangeOf(level: 'minor' | 'patch', running: RegExpExecArray): string {
  const [, major, minor = '0'] = running;
  return level === 'minor' ? `${major}.x` : `${major}.${minor}.x`;
}

function keyBefore(suffix: string): TagKey {
  const literal = suffix.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  return { pattern: `([vV]?[0-9]+(?:\\.[0-9]+)*)-${literal}` };
}
