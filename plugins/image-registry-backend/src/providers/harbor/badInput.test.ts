import { describeBadInput } from '@slipway/provider-tests';
import {
  harborAccounts,
  seedManyRepositories,
  SimulatedHarbor,
  VendorClock,
} from '@slipway/sandbox';
import { createHarborProvider } from './createHarborProvider';

const host = 'harbor.example.com';
const { robot, weakRobot } = harborAccounts;
const clock = new VendorClock();
const repositories = { host, path: '^/api/v2.0/projects/acme/repositories' };

/** With more repositories than Harbor gives on a page. */
function createHarbor(): SimulatedHarbor {
  const harbor = SimulatedHarbor.create({ clock });
  seedManyRepositories(harbor.registry, 'acme', 105);
  return harbor;
}

describeBadInput({
  title: 'Harbor',
  provider: createHarborProvider,
  vendor: createHarbor,
  address: `https://${host}`,
  credentials: { username: robot.username, password: robot.password },
  wrongCredentials: { username: robot.username, password: 'wrong-secret' },
  weakCredentials: {
    username: weakRobot.username,
    password: weakRobot.password,
  },
  repository: 'acme/web',
  tag: 'latest',
  namespace: 'acme',
  unknownNamespace: 'nobody',
  requests: {
    check: { host, path: '^/api/v2.0/repositories\\?' },
    listNamespaces: { host, path: '^/api/v2.0/projects\\?' },
    listRepositories: repositories,
    listTags: { host, path: '/artifacts\\?' },
    resolve: { host, path: '/manifests/' },
  },
  paged: {
    listRepositories: repositories,
    listTags: { host, path: '/artifacts\\?', repository: 'acme/nightly' },
  },
  expire: () => clock.advance(3_600_000),
  nativeErrors: [
    {
      name: 'a page size that Harbor does not take',
      operation: 'listTags',
      effect: {
        kind: 'status',
        status: 422,
        body: JSON.stringify({
          errors: [
            { code: 'UNPROCESSABLE_ENTITY', message: 'page_size in query' },
          ],
        }),
      },
      code: 'invalid-response',
      message: /UNPROCESSABLE_ENTITY: page_size in query/,
    },
  ],
  // Robots of a project are not told which others there are.
  codes: { 'unknown namespace': ['forbidden'] },
});
