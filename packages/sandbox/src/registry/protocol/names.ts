const COMPONENT = '[a-z0-9]+(?:(?:\\.|_|__|-+)[a-z0-9]+)*';

/**
 * Patterns of the distribution specification (section "Pulling manifests"),
 * as sources, so that a route can put them together.
 */
export const REPOSITORY_SOURCE = `${COMPONENT}(?:/${COMPONENT})*`;
export const TAG_SOURCE = '[a-zA-Z0-9_][a-zA-Z0-9._-]{0,127}';
/** Loose on purpose: a wrong digest must reach the route and be named there. */
export const DIGEST_SOURCE =
  '[A-Za-z][A-Za-z0-9]*(?:[-_+.][A-Za-z][A-Za-z0-9]*)*:[0-9a-zA-Z=_-]{8,}';

/** Bytes of a repository's name that clients still accept. */
export const MAXIMUM_REPOSITORY_LENGTH = 255;
