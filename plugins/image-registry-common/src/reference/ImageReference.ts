import { InvalidReferenceError } from './errors';
import { DOCKER_HUB, parseHost, registryOf } from './host';
import { referenceReason, ReferenceReasonCode } from './reasons';

/**
 * An image by name. With a tag and a digest the digest decides, the tag
 * informs. With neither it names a repository.
 */
export interface ImageReference {
  /** Host and port in canonical form; `docker.io` for all of Docker Hub's hosts. */
  registry: string;
  /** Path inside the registry; on Docker Hub always with its namespace. */
  repository: string;
  tag?: string;
  /** Algorithm and hex, for example `sha256:…`. */
  digest?: string;
}

/** How a reference is completed. */
export interface ParseReferenceOptions {
  /** Taken where the text names no registry. Default: `docker.io`. */
  defaultRegistry?: string;
}

const tagPattern = /^[A-Za-z0-9_][A-Za-z0-9._-]{0,127}$/;
const digestPattern = /^(?:sha256:[0-9a-f]{64}|sha512:[0-9a-f]{128})$/;
const pathPartPattern = /^[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*$/;
const imageIdPattern = /^[0-9a-f]{64}$/;
const maxRepositoryLength = 255;

/** Whether a text is a tag by the OCI distribution specification. */
export function isTag(text: string): boolean {
  return tagPattern.test(text);
}

/** Whether a text is a sha256 or sha512 digest in its canonical form. */
export function isDigest(text: string): boolean {
  return digestPattern.test(text);
}

/** Whether a text is a repository path, without host, tag and digest. */
export function isRepository(text: string): boolean {
  return (
    text.length <= maxRepositoryLength &&
    text.split('/').every(part => pathPartPattern.test(part))
  );
}

/**
 * Reads an image reference by Docker's rules: the first part is a host only
 * if it contains `.` or `:`, is `localhost` or has an upper-case letter.
 *
 * @throws InvalidReferenceError with the place of the part that is wrong
 */
export function parseReference(
  text: string,
  options?: ParseReferenceOptions,
): ImageReference {
  const fail = failIn(text);
  if (text === '') {
    throw fail(0, 'reference-empty', 'The image reference is empty');
  }
  if (imageIdPattern.test(text)) {
    throw fail(
      0,
      'reference-is-image-id',
      'This is an image id, not an image reference; write repository@sha256:… for a digest',
    );
  }

  const at = text.indexOf('@');
  const digest = at < 0 ? undefined : text.slice(at + 1);
  if (digest !== undefined && !isDigest(digest)) {
    throw fail(
      at + 1,
      'reference-invalid-digest',
      `"${digest}" is not a digest; expected sha256: and 64 lower-case hex digits, or sha512: and 128`,
      { digest },
    );
  }

  const named = at < 0 ? text : text.slice(0, at);
  const colon = named.indexOf(':', named.lastIndexOf('/') + 1);
  const tag = colon < 0 ? undefined : named.slice(colon + 1);
  if (tag !== undefined && !isTag(tag)) {
    throw fail(
      colon + 1,
      'reference-invalid-tag',
      `"${tag}" is not a tag; allowed are at most 128 letters, digits, ".", "_" and "-", not beginning with "." or "-"`,
      { tag },
    );
  }

  const name = colon < 0 ? named : named.slice(0, colon);
  return {
    ...parseName(name, options?.defaultRegistry ?? DOCKER_HUB, fail),
    ...(tag !== undefined && { tag }),
    ...(digest !== undefined && { digest }),
  };
}

/**
 * The whole reference: registry, repository, then tag and digest if known.
 * What {@link parseReference} reads back as the same reference.
 */
export function formatReference(reference: ImageReference): string {
  return `${reference.registry}/${reference.repository}${suffix(reference)}`;
}

/**
 * The reference as people write it: without `docker.io/` and `library/`.
 */
export function familiarReference(reference: ImageReference): string {
  if (reference.registry !== DOCKER_HUB) {
    return formatReference(reference);
  }
  const { repository } = reference;
  const official = /^library\/([^/]+)$/.exec(repository);
  return `${official ? official[1] : repository}${suffix(reference)}`;
}

/** On Docker Hub a name of one part belongs to the namespace `library`. */
export function canonicalRepository(
  registry: string,
  repository: string,
): string {
  return registry === DOCKER_HUB && !repository.includes('/')
    ? `library/${repository}`
    : repository;
}

type Fail = (
  position: number,
  code: ReferenceReasonCode,
  message: string,
  params?: Record<string, string>,
) => InvalidReferenceError;

function failIn(text: string): Fail {
  return (position, code, message, params) =>
    new InvalidReferenceError(
      text,
      position,
      referenceReason(code, message, params),
    );
}

function parseName(
  name: string,
  defaultRegistry: string,
  fail: Fail,
): Pick<ImageReference, 'registry' | 'repository'> {
  const slash = name.indexOf('/');
  const first = slash < 0 ? '' : name.slice(0, slash);
  if (!/[.:A-Z]/.test(first) && first !== 'localhost') {
    return {
      registry: defaultRegistry,
      repository: parseRepository(defaultRegistry, name, 0, fail),
    };
  }
  const host = parseHost(first);
  if (!host) {
    throw fail(
      0,
      'reference-invalid-host',
      `"${first}" is not the host of a registry`,
      { host: first },
    );
  }
  const registry = registryOf(host);
  const position = slash + 1;
  return {
    registry,
    repository: parseRepository(registry, name.slice(position), position, fail),
  };
}

function parseRepository(
  registry: string,
  written: string,
  position: number,
  fail: Fail,
): string {
  const repository = canonicalRepository(registry, written);
  if (repository.length > maxRepositoryLength) {
    throw fail(
      position,
      'reference-long-repository',
      `The repository has ${repository.length} characters; at most ${maxRepositoryLength} are allowed`,
      { length: String(repository.length), limit: String(maxRepositoryLength) },
    );
  }
  checkPathParts(written, position, fail);
  return repository;
}

function checkPathParts(
  repository: string,
  position: number,
  fail: Fail,
): void {
  let start = position;
  for (const part of repository.split('/')) {
    if (!pathPartPattern.test(part)) {
      const upperCase = pathPartPattern.test(part.toLowerCase());
      throw upperCase
        ? fail(
            start + part.search(/[A-Z]/),
            'reference-upper-case-repository',
            `The repository "${repository}" must be lower case`,
            { repository },
          )
        : fail(
            start,
            'reference-invalid-repository',
            `"${repository}" is not a repository; each part consists of lower-case letters and digits, joined by ".", "_", "__" or dashes`,
            { repository },
          );
    }
    start += part.length + 1;
  }
}

function suffix({ tag, digest }: ImageReference): string {
  return `${tag === undefined ? '' : `:${tag}`}${
    digest === undefined ? '' : `@${digest}`
  }`;
}
