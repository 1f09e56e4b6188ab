import { Reason } from '../../reason';
import { TagFilter, TagKey, TagRule } from '../tagRule';
import { checkedTranslation } from './checked';
import { translateMastermindsRange } from './mastermindsRange';
import { notes } from './notes';
import { asMap, asText, asTexts, parseYamlMaps, YamlMap } from './parseYaml';
import { RuleTranslation, UntranslatableError } from './RuleTranslation';
import { wholeMatch } from './wholeMatch';

const group = 'image.toolkit.fluxcd.io/';
/** What the controller excludes when an ImageRepository names nothing. */
const defaultExclusions = ['^.*\\.sig$'];

/**
 * Translates Flux ImagePolicy resources; ImageRepository resources pasted with
 * them give the image and what is excluded.
 * https://fluxcd.io/flux/components/image/imagepolicies/
 *
 * @throws UntranslatableError when it is no YAML or holds no ImagePolicy
 */
export function translateFlux(text: string): RuleTranslation[] {
  const resources = parseYamlMaps(text).filter(({ apiVersion }) =>
    asText(apiVersion)?.startsWith(group),
  );
  const policies = resources.filter(({ kind }) => kind === 'ImagePolicy');
  if (policies.length === 0) {
    throw new UntranslatableError(notes.notFound('Flux ImagePolicy'));
  }
  const repositories = resources.filter(
    ({ kind }) => kind === 'ImageRepository',
  );
  return policies.map(policy => {
    const spec = asMap(policy.spec);
    const repository = repositories.find(each => isReferred(each, policy));
    return translatePolicy(
      nameOf(policy),
      spec,
      repository && asMap(repository.spec),
    );
  });
}

/** Where one of them says no namespace, it is that of the other. */
function isReferred(repository: YamlMap, policy: YamlMap): boolean {
  const reference = asMap(asMap(policy.spec).imageRepositoryRef);
  const namespace = asText(reference.namespace) ?? namespaceOf(policy);
  const own = namespaceOf(repository);
  return (
    nameOf(repository) === asText(reference.name) &&
    (namespace === undefined || own === undefined || namespace === own)
  );
}

function namespaceOf(resource: YamlMap): string | undefined {
  return asText(asMap(resource.metadata).namespace);
}

function nameOf(resource: YamlMap): string | undefined {
  return asText(asMap(resource.metadata).name);
}

function translatePolicy(
  subject: string | undefined,
  spec: YamlMap,
  repository: YamlMap | undefined,
): RuleTranslation {
  const about = { subject, image: asText(repository?.image) };
  const { key, include } = filterOf(asMap(spec.filterTags));
  const exclude = exclusionsOf(repository);
  const restrictions = {
    ...(key && { key }),
    ...(include && { include }),
    ...(exclude && { exclude }),
  };
  const found: Reason[] = settingNotes(spec);
  const rule = orderOf(asMap(spec.policy), restrictions, found);
  return rule
    ? checkedTranslation(about, rule, [...found, notes.neverBack()])
    : {
        ...about,
        notes: [
          notes.noEquivalent(
            Object.keys(asMap(spec.policy)).join(', ') || 'spec.policy',
          ),
        ],
      };
}

function orderOf(
  policy: YamlMap,
  restrictions: { key?: TagKey; include?: TagFilter[]; exclude?: TagFilter[] },
  found: Reason[],
): TagRule | undefined {
  if (policy.semver !== undefined) {
    const translated = translateMastermindsRange(
      asText(asMap(policy.semver).range) ?? '*',
    );
    found.push(...translated.notes, notes.ties());
    const { range, prereleases } = translated;
    return {
      kind: 'semver',
      range,
      ...(prereleases && { prereleases }),
      ...restrictions,
    };
  }
  if (policy.numerical !== undefined) {
    found.push(notes.exactNumbers());
    return {
      kind: 'numeric',
      ...directionOf(policy.numerical),
      ...restrictions,
    };
  }
  if (policy.alphabetical !== undefined) {
    return {
      kind: 'alphabetical',
      ...directionOf(policy.alphabetical),
      ...restrictions,
    };
  }
  return undefined;
}

function directionOf(order: unknown): { order?: 'descending' } {
  return asText(asMap(order).order)?.toLowerCase() === 'desc'
    ? { order: 'descending' }
    : {};
}

/** The expression is searched in the tag; what it extracts is compared. */
function filterOf(filter: YamlMap): { key?: TagKey; include?: TagFilter[] } {
  const searched = asText(filter.pattern);
  const template = asText(filter.extract);
  if (!searched) {
    return {};
  }
  const pattern = wholeMatch(searched);
  return template
    ? { key: { pattern, template } }
    : { include: [{ kind: 'regex', pattern }] };
}

function exclusionsOf(repository: YamlMap | undefined) {
  if (!repository) {
    return undefined;
  }
  const patterns =
    repository.exclusionList === undefined
      ? defaultExclusions
      : asTexts(repository.exclusionList);
  const filters = patterns
    // Tags of signatures are excluded here anyway.
    .filter(pattern => pattern !== defaultExclusions[0])
    .map(pattern => ({
      kind: 'regex' as const,
      pattern: wholeMatch(pattern),
    }));
  return filters.length === 0 ? undefined : filters;
}

function settingNotes(spec: YamlMap): Reason[] {
  const found = [notes.artifactsExcluded()];
  const reflection = asText(spec.digestReflectionPolicy) ?? 'Never';
  if (reflection !== 'Always') {
    found.push(notes.digestAlways());
  }
  if (spec.suspend === true) {
    found.push(notes.elsewhere('spec.suspend'));
  }
  return found;
}
