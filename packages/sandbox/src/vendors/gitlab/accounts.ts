/** Who calls the API or asks for a token of the registry. */
export interface GitlabCaller {
  username: string;
  /** Deploy tokens are unknown to the API. */
  kind: 'access' | 'deploy';
  scopes: readonly string[];
}

/** What signs in at the simulated GitLab. */
export const gitlabAccounts = {
  /** Personal access token of octo, Reporter in acme: read_api, read_registry. */
  token: {
    username: 'octo',
    password: 'glpat-FAKEmayReadTheApiAndTheRegistry',
  },
  /** The same, with read_registry alone. */
  weakToken: {
    username: 'octo',
    password: 'glpat-FAKEmayReadTheRegistryAlone',
  },
  /** Of the group acme. */
  deployToken: {
    username: 'gitlab+deploy-token-7',
    password: 'gldt-FAKEmayReadTheRegistryAlone',
  },
} as const;

const callers: readonly (GitlabCaller & { password: string })[] = [
  {
    ...gitlabAccounts.token,
    kind: 'access',
    scopes: ['read_api', 'read_registry'],
  },
  { ...gitlabAccounts.weakToken, kind: 'access', scopes: ['read_registry'] },
  { ...gitlabAccounts.deployToken, kind: 'deploy', scopes: ['read_registry'] },
];

/** Whose a token is; undefined when GitLab never gave it out. */
export function callerOf(password: string): GitlabCaller | undefined {
  return callers.find(each => each.password === password);
}
