/** Who may sign in at the simulated Docker Hub. */
export interface DockerHubAccount {
  /** Docker ID, or the name of the organization that a token belongs to. */
  username: string;
  secret: string;
  kind: 'personal' | 'organization';
  /** Namespaces whose private repositories are open to it. */
  namespaces: readonly string[];
  /** False: signed in, without the scope to read. */
  mayRead: boolean;
  /** Pulls in six hours; absent: no limit. */
  pulls?: number;
}

export const dockerHubAccounts = {
  /** A personal access token with the permission to read. */
  personal: {
    username: 'ada',
    secret: 'dckr_pat_FAKE456789abcdefghijklmnop',
    kind: 'personal',
    namespaces: ['ada', 'acme'],
    mayRead: true,
    pulls: 200,
  },
  /** An organization access token, of an organization that pays. */
  organization: {
    username: 'acme',
    secret: 'dckr_oat_FAKE456789abcdefghijklmnop',
    kind: 'organization',
    namespaces: ['acme'],
    mayRead: true,
  },
  /** The same, without the scope to pull. */
  weakOrganization: {
    username: 'acme',
    secret: 'dckr_oat_without_any_scope_at_all00',
    kind: 'organization',
    namespaces: ['acme'],
    mayRead: false,
  },
} as const satisfies Record<string, DockerHubAccount>;

/** What an anonymous address may pull in six hours. */
export const ANONYMOUS_PULLS = 100;

/** Namespaces that are open to everybody. */
export const PUBLIC_NAMESPACES = ['library', 'ratelimitpreview', 'opensource'];

/** The account of a name and a secret. */
export function accountOf(
  username: string,
  secret: string,
): DockerHubAccount | undefined {
  return Object.values<DockerHubAccount>(dockerHubAccounts).find(
    each => each.username === username && each.secret === secret,
  );
}
