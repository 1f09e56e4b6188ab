import { formatImageName, parseImageName, Place, readPlace } from '../place';

/** What a message names an image by. */
export interface NamedImage {
  /** As the registry of the endpoint names it. */
  repository: string;
  tag?: string;
  digest?: string;
  /** In another location than the registry's. */
  isElsewhere: boolean;
}

/**
 * Reads `host/path:tag` or `host/path@digest`. The hosts of the former
 * Container Registry name the same images as those of Artifact Registry.
 *
 * @param place - of the registry that is told; any when absent
 * @returns undefined for what is no reference
 */
export function readImageReference(
  text: string | undefined,
  place: Place | undefined,
): NamedImage | undefined {
  const match =
    /^([^/]+)\/(.+?)(?:@(sha256:[^@]*)|:([^:/@]+))?$/.exec(text ?? '') ??
    undefined;
  if (!match) {
    return undefined;
  }
  const [, host, path, digest, tag] = match;
  const from = readPlace(host);
  const name = from && parseImageName(from, path);
  const isSame =
    place === undefined ||
    (from?.location === place.location &&
      (!place.legacyRepository || name?.repository === place.legacyRepository));
  return {
    repository: place && name && isSame ? formatImageName(place, name) : path,
    ...(tag !== undefined && { tag }),
    ...(digest !== undefined && { digest }),
    isElsewhere: !isSame,
  };
}
