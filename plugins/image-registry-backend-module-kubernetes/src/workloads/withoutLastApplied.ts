/**
 * Annotations in which tools keep whole manifests, with values of environment
 * variables: kubectl and others that do as it does, kapp, Rancher and Fleet.
 */
const WHOLE_MANIFEST =
  /last-applied|^kapp\.k14s\.io\/original|^objectset\.rio\.cattle\.io\/applied$/;

/** The annotations but those that hold whole manifests. */
export function withoutLastApplied(
  annotations: Record<string, string> = {},
): Record<string, string> {
  return Object.fromEntries(
    Object.entries(annotations).filter(([name]) => !WHOLE_MANIFEST.test(name)),
  );
}
