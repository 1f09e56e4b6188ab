import { advise } from './advise';

/** What to do, where several vendors or both protocols and APIs call for the same. */
export const remedies = {
  tryLater: advise('try-later', 'Try again later'),
  checkSpelling: advise(
    'check-spelling',
    'Check the spelling; it may also have been deleted',
  ),
  nameRepositories: advise(
    'name-repositories',
    'Name the repositories that it should tell of',
  ),
  nameEndpointRepositories: advise(
    'name-endpoint-repositories',
    'Name the repositories that the endpoint may speak for',
  ),
  checkApiProxy: advise(
    'check-api-proxy',
    'Check that no proxy answers for the API',
  ),
  checkSignInPage: advise(
    'check-sign-in-page',
    'Check that no proxy or sign-in page answers for it',
  ),
  waitForLimit: advise(
    'wait-for-limit',
    'Wait a moment; the limit is per account and operation',
  ),
  checkSettings: advise(
    'check-settings',
    'Check the address and the settings of the registry',
  ),
  signInWithRight: advise(
    'sign-in-with-right',
    'Sign in with an account that may',
  ),
  typeNames: advise(
    'type-names',
    'Type the names of repositories instead of choosing them from a list',
  ),
  checkLogin: advise(
    'check-login',
    'Check the user name and the password or token',
  ),
  writeNamespaceName: advise('write-namespace-name', 'Write namespace/name'),
  spellNamespaceName: advise(
    'spell-namespace-name',
    'Check the spelling; repositories are namespace/name',
  ),
  useEnterpriseTriggers: advise(
    'use-enterprise-triggers',
    'Use an Enterprise instance, or save the policy after a push: its tags are looked at then',
  ),
  higherLimit: advise(
    'higher-limit',
    'Wait, or sign in with an account that has a higher limit',
  ),
  /** @param minutes - by which the clocks may differ */
  setClock: (minutes: number) =>
    advise(
      'set-clock',
      `Set the clock of the machine that the backend runs on, for example by NTP: the API accepts at most ${minutes} minutes of difference`,
      { minutes: String(minutes) },
    ),
  /** @param service - as the vendor calls it */
  checkProxyFor: (service: string) =>
    advise('check-proxy-for', `Check that no proxy answers for ${service}`, {
      service,
    }),
};
