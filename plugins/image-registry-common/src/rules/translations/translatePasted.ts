import { translateArgoImageUpdater } from './argoImageUpdater';
import { translateFlux } from './flux';
import { KeelContext, translateKeel } from './keel';
import { notes } from './notes';
import { asText, parseYamlMaps } from './parseYaml';
import { RuleTranslation, UntranslatableError } from './RuleTranslation';

/** Whose configuration a pasted text may be. */
export type PastedSource = 'flux' | 'argo-image-updater' | 'keel';

/** A pasted text, by whom it was recognised. */
export interface PastedTranslation {
  source: PastedSource;
  translations: RuleTranslation[];
}

/**
 * Recognises whose configuration a text is, and translates it.
 * @throws UntranslatableError when it is no YAML, or nobody's that is known
 */
export function translatePasted(
  text: string,
  context: KeelContext = {},
): PastedTranslation {
  const source = sourceOf(text);
  switch (source) {
    case 'flux':
      return { source, translations: translateFlux(text) };
    case 'argo-image-updater':
      return { source, translations: translateArgoImageUpdater(text) };
    case 'keel':
      return { source, translations: translateKeel(text, context) };
    default:
      throw new UntranslatableError(
        notes.notFound(
          'ImagePolicy, ImageUpdater, argocd-image-updater.argoproj.io/image-list, keel.sh/policy',
        ),
      );
  }
}

function sourceOf(text: string): PastedSource | undefined {
  const kinds = parseYamlMaps(text).map(({ kind }) => asText(kind));
  if (kinds.includes('ImagePolicy')) {
    return 'flux';
  }
  if (
    kinds.includes('ImageUpdater') ||
    text.includes('argocd-image-updater.argoproj.io/')
  ) {
    return 'argo-image-updater';
  }
  return /\bkeel\b/.test(text) ? 'keel' : undefined;
}
