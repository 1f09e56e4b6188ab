/** What a token is asked for: `type:name:action[,action]`; the name may hold a colon. */
interface Scope {
  resource: string;
  actions: string[];
}

function parseScope(text: string): Scope | undefined {
  const end = text.lastIndexOf(':');
  const start = text.indexOf(':');
  return start === -1 || start === end
    ? undefined
    : {
        resource: text.slice(0, end),
        actions: text
          .slice(end + 1)
          .split(',')
          .filter(Boolean),
      };
}

/** The scope of reading a repository. */
export function pullScope(repository: string): string {
  return `repository:${repository}:pull`;
}

/** The scope of listing repositories. */
export const catalogScope = 'registry:catalog:*';

/** Splits the `scope` of a challenge; several are separated by spaces. */
export function splitScopes(text: string | undefined): string[] {
  return (text ?? '').split(/\s+/).filter(Boolean);
}

/**
 * The union by resource. The first arguments come first: some token services
 * look at the first scope only.
 */
export function mergeScopes(...lists: readonly string[][]): string[] {
  const actionsByResource = new Map<string, Set<string>>();
  for (const text of lists.flat()) {
    const scope = parseScope(text);
    const resource = scope?.resource ?? text;
    const actions = actionsByResource.get(resource) ?? new Set();
    scope?.actions.forEach(action => actions.add(action));
    actionsByResource.set(resource, actions);
  }
  return [...actionsByResource].map(([resource, actions]) =>
    actions.size > 0 ? `${resource}:${[...actions].join(',')}` : resource,
  );
}

/** The same for every order of scopes and actions. */
export function scopesKey(scopes: readonly string[]): string {
  return scopes
    .map(text => {
      const scope = parseScope(text);
      return scope
        ? `${scope.resource}:${[...scope.actions].sort().join(',')}`
        : text;
    })
    .sort()
    .join(' ');
}
