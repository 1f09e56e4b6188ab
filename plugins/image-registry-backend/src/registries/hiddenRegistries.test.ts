import { PermissionsService } from '@backstage/backend-plugin-api';
import {
  AuthorizeResult,
  DefinitivePolicyDecision,
} from '@backstage/plugin-permission-common';
import { sqlite } from '../testing';
import { as } from '../testing/people';
import { component, Portal, startPortal } from '../testing/startPortal';

const ref = 'component:default/web';
const decide = (name: string): DefinitivePolicyDecision => ({
  result: name.startsWith('imageRegistry.registry.')
    ? AuthorizeResult.DENY
    : AuthorizeResult.ALLOW,
});
const seesNoRegistry: PermissionsService = {
  authorize: async requests =>
    requests.map(({ permission }) => decide(permission.name)),
  authorizeConditional: async queries =>
    queries.map(({ permission }) => decide(permission.name)),
};

describe('a registry that is hidden and not granted', () => {
  const database = sqlite();
  let portal: Portal;

  beforeAll(async () => {
    portal = await startPortal({
      knex: await database.create(),
      entities: [component('web')],
      permissions: seesNoRegistry,
      grants: [{ to: 'all', repositories: ['granted/**'] }],
    });
    portal.cluster.add('web');
    portal.registry.push('granted/web:main', `sha256:${'a'.repeat(64)}`);
  });

  afterAll(() => portal.stop());

  const preview = (registryId: string, repository: string) =>
    portal.call('POST', '/policies/preview', as('owner'), {
      entityRef: ref,
      image: { registryId, repository },
      rule: { kind: 'same-tag', tag: 'main' },
    });

  const save = (registryId: string, repository: string) =>
    portal.call('POST', '/policies', as('owner'), {
      entityRef: ref,
      target: portal.cluster.workload('web').ref,
      image: { registryId, repository },
      rule: { kind: 'same-tag', tag: 'main' },
    });

  const makeEndpoint = (registryId: string, repository: string) =>
    portal.call(
      'POST',
      `/registries/${registryId}/webhook-endpoints`,
      as('owner'),
      { name: 'own', entityRef: ref, repositories: [repository] },
    );

  it.each([
    ['a preview', preview, 200],
    ['a policy', save, 201],
    ['an endpoint', makeEndpoint, 201],
  ])(
    'is answered as one that does not exist by %s, until it is granted',
    async (_what, ask, status) => {
      for (const id of ['local', 'missing']) {
        const { status: refused, body } = await ask(id, 'shop/web');
        expect({ refused, message: body.error.message }).toEqual({
          refused: 404,
          message: `No registry ${id}`,
        });
      }
      expect((await ask('local', 'granted/web')).status).toBe(status);
    },
  );
});
