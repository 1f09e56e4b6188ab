import { parseAllDocuments } from 'yaml';
import { notes } from './notes';
import { UntranslatableError } from './RuleTranslation';

/** Longest text that is read, in characters. */
const longestText = 100_000;

/** A mapping of YAML whose values are not checked yet. */
export type YamlMap = Readonly<Record<string, unknown>>;

/**
 * The mappings of all documents in a pasted text, those in a List included.
 * @throws UntranslatableError with the place where reading stopped
 */
export function parseYamlMaps(text: string): YamlMap[] {
  if (text.length > longestText) {
    throw new UntranslatableError(
      notes.notYaml(`it has more than ${longestText} characters`),
      longestText,
    );
  }
  return parseAllDocuments(text).flatMap(document => {
    const [error] = document.errors;
    if (error) {
      throw new UntranslatableError(
        // Without the picture of the place that the library appends.
        notes.notYaml(error.message.split('\n')[0].replace(/:$/, '')),
        error.pos[0],
      );
    }
    const content = contentOf(document);
    const items = asMap(content).items;
    return (Array.isArray(items) ? items : [content]).filter(isMap);
  });
}

/** An alias may be of nothing, or of so much that it is refused. */
function contentOf(document: ReturnType<typeof parseAllDocuments>[number]) {
  try {
    return document.toJS() as unknown;
  } catch (error) {
    if (error instanceof ReferenceError) {
      throw new UntranslatableError(notes.notYaml(error.message));
    }
    throw error;
  }
}

function isMap(value: unknown): value is YamlMap {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The value if it is a mapping, else an empty one. */
export function asMap(value: unknown): YamlMap {
  return isMap(value) ? value : {};
}

/** The mappings of a list. */
export function asMaps(value: unknown): YamlMap[] {
  return Array.isArray(value) ? value.filter(isMap) : [];
}

/** A text, number or switch as it was written; undefined for all else. */
export function asText(value: unknown): string | undefined {
  return typeof value === 'string' ||
    typeof value === 'number' ||
    typeof value === 'boolean'
    ? String(value)
    : undefined;
}

/** Texts of a list, or of one text with commas between. */
export function asTexts(value: unknown): string[] {
  const texts = Array.isArray(value)
    ? value.map(asText)
    : asText(value)?.split(',') ?? [];
  return texts.flatMap(text => (text?.trim() ? [text.trim()] : []));
}

/** Annotations of a resource, or the whole mapping when it is none. */
export function annotationsOf(map: YamlMap): YamlMap {
  const metadata = asMap(map.metadata);
  return {
    ...map,
    ...asMap(map.annotations),
    ...asMap(metadata.labels),
    ...asMap(metadata.annotations),
  };
}
