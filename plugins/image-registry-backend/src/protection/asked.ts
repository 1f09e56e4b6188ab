import { Demands } from './strictest';

/** Who is asked about a deploy: a named group, or the component's owners. */
export function approversOf(
  { group }: NonNullable<Demands['approval']>,
  owners: readonly string[],
): string[] {
  return group ? [group] : [...owners];
}

/** Whether the registry has to be asked about an image. */
export function asksRegistry(demands: Demands): boolean {
  return (
    demands.minimumAgeMs > 0 ||
    demands.worst !== undefined ||
    demands.signatures.length > 0
  );
}
