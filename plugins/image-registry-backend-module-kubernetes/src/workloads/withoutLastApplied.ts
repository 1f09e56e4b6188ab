/** kubectl keeps whole manifests there, with values of environment variables. */
export function withoutLastApplied(
  annotations: Record<string, string> = {},
): Record<string, string> {
  const { 'kubectl.kubernetes.io/last-applied-configuration': _, ...rest } =
    annotations;
  return rest;
}
