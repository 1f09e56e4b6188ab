/** Who calls the API. */
export interface GithubCaller {
  /** Absent for a token of a workflow, which is no user. */
  login?: string;
  /** Of classic tokens; absent for other kinds. */
  scopes?: readonly string[];
  kind: 'classic' | 'fine-grained' | 'workflow';
}

/** What signs in at the simulated GitHub. */
export const githubAccounts = {
  /** Classic token of octo, a member of acme: read:packages, read:org. */
  token: {
    username: 'octo',
    password: 'ghp_FAKEclassicThatMayReadPackages0001',
  },
  /** The same user, without a scope for packages. */
  weakToken: {
    username: 'octo',
    password: 'ghp_FAKEclassicThatMayReadNothing0002',
  },
  /** The same, with the scopes for webhooks. */
  adminToken: {
    username: 'octo',
    password: 'ghp_FAKEclassicThatMayMakeHooks00003',
  },
  /** GITHUB_TOKEN of a workflow in acme/shop. */
  workflowToken: {
    username: 'octo',
    password: 'ghs_FAKEofAWorkflowWhileItRuns000004',
  },
  /** Of the kind that GitHub Packages do not accept. */
  fineGrainedToken: {
    username: 'octo',
    password: 'github_pat_FAKEfineGrained00000005',
  },
} as const;

const callers: Readonly<Record<string, GithubCaller>> = {
  [githubAccounts.token.password]: {
    login: 'octo',
    kind: 'classic',
    scopes: ['read:packages', 'read:org'],
  },
  [githubAccounts.weakToken.password]: {
    login: 'octo',
    kind: 'classic',
    scopes: ['gist'],
  },
  [githubAccounts.adminToken.password]: {
    login: 'octo',
    kind: 'classic',
    scopes: ['read:packages', 'read:org', 'admin:org_hook', 'admin:repo_hook'],
  },
  [githubAccounts.workflowToken.password]: { kind: 'workflow' },
  [githubAccounts.fineGrainedToken.password]: {
    login: 'octo',
    kind: 'fine-grained',
  },
};

/** Whose a token is; undefined when GitHub never gave it out. */
export function callerOf(token: string): GithubCaller | undefined {
  return callers[token];
}
