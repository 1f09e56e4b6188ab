import {
  isArtifactTag,
  isDigest,
  isRepository,
  isTag,
} from '@slipway/backstage-plugin-image-registry-common';
import { ImageEvent } from '../provider/WebhookFormat';
import { kindOfMediaTypes } from './kindOfMediaType';

/** An event as a payload tells it; names and types are not trusted yet. */
export interface ReadImageEvent extends ImageEvent {
  /** Further media types of a push: of the config, of what it refers to. */
  relatedTypes?: readonly string[];
}

/**
 * An event of what was read. Names that are none are left out; a digest in
 * the place of the tag becomes the digest. A push is taken for what its tag
 * and media types say it is: an image, a signature, an attestation, an SBOM,
 * a chart or a blob; one of no repository is no push.
 */
export function imageEvent(read: ReadImageEvent): ImageEvent {
  const { relatedTypes = [], ...event } = read;
  const repository = valid(event.repository, isRepository);
  const tag = valid(event.tag, isTag);
  const digest = valid(event.digest, isDigest) ?? valid(event.tag, isDigest);
  return withoutUndefined({
    ...event,
    kind:
      event.kind === 'push' && repository === undefined
        ? 'other'
        : kindOf(event, tag, relatedTypes),
    repository,
    tag,
    digest,
  });
}

function valid(
  text: string | undefined,
  isOne: (text: string) => boolean,
): string | undefined {
  return text !== undefined && isOne(text) ? text : undefined;
}

function kindOf(
  { kind, mediaType }: ImageEvent,
  tag: string | undefined,
  relatedTypes: readonly string[],
): ImageEvent['kind'] {
  return kind === 'push'
    ? kindOfTag(tag) ?? kindOfMediaTypes(mediaType, relatedTypes) ?? kind
    : kind;
}

/** A bare `sha256-<hex>` lists what refers to an image; mostly signatures. */
function kindOfTag(tag: string | undefined): ImageEvent['kind'] | undefined {
  if (tag === undefined || !isArtifactTag(tag)) {
    return undefined;
  }
  if (tag.endsWith('.att')) {
    return 'attestation';
  }
  return tag.endsWith('.sbom') ? 'sbom' : 'signature';
}

function withoutUndefined(event: ImageEvent): ImageEvent {
  const told: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(event)) {
    if (value !== undefined) {
      told[name] = value;
    }
  }
  return told as unknown as ImageEvent;
}
