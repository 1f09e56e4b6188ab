import { Reason } from '../../reason';
import { TagFilter, TagRule } from '../tagRule';
import { checkedTranslation } from './checked';
import { translateMastermindsRange } from './mastermindsRange';
import { notes } from './notes';
import {
  annotationsOf,
  asMap,
  asMaps,
  asText,
  asTexts,
  parseYamlMaps,
  YamlMap,
} from './parseYaml';
import { RuleTranslation, UntranslatableError } from './RuleTranslation';
import { wholeMatch } from './wholeMatch';

const prefix = 'argocd-image-updater.argoproj.io/';

/** What either way of configuring says of one image. */
interface ImageSettings {
  alias?: string;
  image: string;
  /** Behind the colon: a range, or the tag to follow. */
  constraint?: string;
  strategy: string;
  allowTags?: string;
  ignoreTags: string[];
  platforms: string[];
  forceUpdate: boolean;
}

/**
 * Translates annotations of Argo CD Image Updater, alone or in an
 * Application, and its ImageUpdater resources.
 * https://argocd-image-updater.readthedocs.io/en/stable/basics/update-strategies/
 *
 * @throws UntranslatableError when it is no YAML or names no image
 */
export function translateArgoImageUpdater(text: string): RuleTranslation[] {
  const images = parseYamlMaps(text).flatMap(map =>
    map.kind === 'ImageUpdater'
      ? imagesOfResource(asMap(map.spec))
      : imagesOfAnnotations(annotationsOf(map)),
  );
  if (images.length === 0) {
    throw new UntranslatableError(
      notes.notFound(`${prefix}image-list, ImageUpdater`),
    );
  }
  return images.map(translateImage);
}

function imagesOfAnnotations(annotations: YamlMap): ImageSettings[] {
  return asTexts(annotations[`${prefix}image-list`]).map(written => {
    const equals = written.indexOf('=');
    const alias = written.slice(0, Math.max(equals, 0)).trim() || undefined;
    const reference = written.slice(equals + 1).trim();
    const { image, constraint } = splitImage(reference);
    // A key of an annotation cannot hold a slash.
    const name = (alias ?? image).replaceAll('/', '_');
    const setting = (key: string): unknown =>
      annotations[`${prefix}${name}.${key}`] ?? annotations[prefix + key];
    return {
      alias,
      image,
      constraint,
      strategy: strategyOf(setting('update-strategy')),
      // Its old name, which version 1.0 reads no more.
      allowTags: asText(setting('allow-tags')) ?? asText(setting('tag-match')),
      ignoreTags: asTexts(setting('ignore-tags')),
      // Not for all images of the application at once.
      platforms: asTexts(annotations[`${prefix}${name}.platforms`]),
      forceUpdate: asText(setting('force-update')) === 'true',
    };
  });
}

/** The image's own settings before the application's before the resource's. */
function imagesOfResource(spec: YamlMap): ImageSettings[] {
  return asMaps(spec.applicationRefs).flatMap(application =>
    asMaps(application.images).map(image => {
      const settings = {
        ...asMap(spec.commonUpdateSettings),
        ...asMap(application.commonUpdateSettings),
        ...asMap(image.commonUpdateSettings),
      };
      return {
        alias: asText(image.alias),
        ...splitImage(asText(image.imageName) ?? ''),
        strategy: strategyOf(settings.updateStrategy),
        allowTags: asText(settings.allowTags),
        ignoreTags: asTexts(settings.ignoreTags),
        platforms: asTexts(settings.platforms),
        forceUpdate: settings.forceUpdate === true,
      };
    }),
  );
}

/** In any case of letters; an empty one is none. */
function strategyOf(written: unknown): string {
  return asText(written)?.trim().toLowerCase() || 'semver';
}

function splitImage(reference: string): { image: string; constraint?: string } {
  const colon = reference.indexOf(':', reference.lastIndexOf('/') + 1);
  return colon < 0
    ? { image: reference }
    : {
        image: reference.slice(0, colon),
        constraint: reference.slice(colon + 1),
      };
}

function translateImage(settings: ImageSettings): RuleTranslation {
  const { alias: subject, image } = settings;
  const about = { ...(subject && { subject }), image };
  const restricted = restrictionsOf(settings);
  if (!restricted) {
    return {
      ...about,
      notes: [notes.noEquivalent(`allow-tags: ${settings.allowTags}`)],
    };
  }
  const { restrictions, found } = restricted;
  const rule = ruleOf(settings, restrictions, found);
  return rule
    ? checkedTranslation(about, rule, [
        ...found,
        ...(rule.kind === 'same-tag' ? [] : [notes.artifactsExcluded()]),
        ...(settings.forceUpdate ? [notes.ignored('force-update')] : []),
      ])
    : { ...about, notes: [notes.noEquivalent(strategyWords(settings))] };
}

function strategyWords({ strategy, constraint }: ImageSettings): string {
  return `update-strategy: ${strategy}${
    strategy === 'digest' && constraint === undefined ? ', without a tag' : ''
  }`;
}

interface Restrictions {
  include?: TagFilter[];
  exclude?: TagFilter[];
  platforms?: string[];
}

/** Undefined when `allow-tags` is of an unknown kind, which allows nothing. */
function restrictionsOf(
  settings: ImageSettings,
): { restrictions: Restrictions; found: Reason[] } | undefined {
  const { ignoreTags, platforms, strategy } = settings;
  const allowTags = settings.allowTags?.trim() || 'any';
  const searched = /^regexp:(.*)$/is.exec(allowTags)?.[1];
  if (searched === undefined && allowTags.toLowerCase() !== 'any') {
    return undefined;
  }
  // For the other strategies it does not look at platforms.
  const looksAtPlatforms = /^(?:newest-build|latest|digest)$/.test(strategy);
  const required = looksAtPlatforms ? platforms : [];
  const exclude = ignoreTags.flatMap(ignored);
  return {
    restrictions: {
      ...(searched !== undefined && {
        include: [{ kind: 'regex', pattern: wholeMatch(searched) }],
      }),
      ...(exclude.length > 0 && { exclude }),
      ...(required.length > 0 && { platforms: required }),
    },
    found: [
      ...(required.length > 1 ? [notes.allPlatforms()] : []),
      ...(platforms.length > required.length
        ? [notes.ignored('platforms')]
        : []),
    ],
  };
}

/**
 * A pattern of Go's `filepath.Match`: an escaped character stands for itself,
 * and only `^` negates a class. What no tag can hold excludes nothing.
 */
function ignored(pattern: string): TagFilter[] {
  const glob = pattern.replace(/\[!+/g, '[').replace(/\\([\w.-])/g, '$1');
  return glob.includes('\\') || glob.includes('[]')
    ? []
    : [{ kind: 'glob', pattern: glob }];
}

function ruleOf(
  { strategy, constraint }: ImageSettings,
  restrictions: Restrictions,
  found: Reason[],
): TagRule | undefined {
  switch (strategy) {
    case 'semver': {
      const translated = translateMastermindsRange(constraint ?? '*');
      found.push(
        ...translated.notes,
        notes.partialVersions(),
        notes.neverBack(),
      );
      return {
        kind: 'semver',
        range: translated.range,
        ...(translated.prereleases && { prereleases: true }),
        partialVersions: true,
        ...restrictions,
      };
    }
    case 'newest-build':
    case 'latest':
      found.push(notes.createdLookup(), notes.neverBack());
      return { kind: 'newest-created', ...restrictions };
    case 'alphabetical':
    case 'name':
      found.push(notes.neverBack());
      return { kind: 'alphabetical', ...restrictions };
    case 'digest':
      return constraint === undefined
        ? undefined
        : {
            kind: 'same-tag',
            tag: constraint,
            ...(restrictions.platforms && {
              platforms: restrictions.platforms,
            }),
          };
    default:
      return undefined;
  }
}
