import {
  mockServices,
  startTestBackend,
  TestDatabases,
} from '@backstage/backend-test-utils';
import { Entity, parseEntityRef } from '@backstage/catalog-model';
import authPlugin from '@backstage/plugin-auth-backend';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import request from 'supertest';
import { parseAllDocuments } from 'yaml';
import { developmentPeople } from './developmentPeople';
import developmentSignIn from './index';

// Closes its connections in the end, unlike the backend that uses them.
const databases = TestDatabases.create({ ids: ['SQLITE_3'] });

async function startAuth(environment: string) {
  const knex = await databases.init('SQLITE_3');
  return startTestBackend({
    features: [
      authPlugin,
      mockServices.database.factory({ knex }),
      developmentSignIn,
      mockServices.rootConfig.factory({
        data: {
          app: { baseUrl: 'http://localhost:3000' },
          backend: { baseUrl: 'http://localhost:7007' },
          auth: { environment, providers: { development: {} } },
        },
      }),
    ],
  });
}

function payloadOf(token: string) {
  return JSON.parse(Buffer.from(token.split('.')[1], 'base64url').toString());
}

describe('development sign-in', () => {
  it('issues a token with the groups of the chosen person', async () => {
    const { server } = await startAuth('development');

    for (const { name, groups, displayName } of developmentPeople) {
      const response = await request(server)
        .get('/api/auth/development/refresh')
        .set('x-requested-with', 'XMLHttpRequest')
        .set('x-development-person', name);

      expect(response.status).toBe(200);
      const { profile, backstageIdentity } = response.body;
      expect(profile.displayName).toBe(displayName);
      expect(payloadOf(backstageIdentity.token).sub).toBe(
        `user:default/${name}`,
      );
      expect(backstageIdentity.identity.ownershipEntityRefs).toEqual([
        `user:default/${name}`,
        ...groups.map(group => `group:default/${group}`),
      ]);
    }
  });

  it.each([undefined, 'nobody', 'constructor'])(
    'refuses the person %s',
    async name => {
      const { server } = await startAuth('development');

      const response = await request(server)
        .get('/api/auth/development/refresh')
        .set('x-requested-with', 'XMLHttpRequest')
        .set(name ? { 'x-development-person': name } : {});

      expect(response.status).toBe(401);
      expect(response.body.error.message).toContain(
        'must be one of admin, owner, owner2, outsider',
      );
    },
  );

  it('does not start when auth.environment is production', async () => {
    await expect(startAuth('production')).rejects.toThrow(
      'does not start in production',
    );
  });

  it('does not start when NODE_ENV is production', async () => {
    const before = process.env.NODE_ENV;
    Object.assign(process.env, { NODE_ENV: 'production' });
    try {
      await expect(startAuth('development')).rejects.toThrow(
        'does not start in production',
      );
    } finally {
      Object.assign(process.env, { NODE_ENV: before });
    }
  });

  it('knows the people of the example catalog', async () => {
    const file = join(__dirname, '../../../../examples/organization.yaml');
    const entities = parseAllDocuments(await readFile(file, 'utf8')).map(
      document => document.toJS() as Entity,
    );
    const users = entities.filter(entity => entity.kind === 'User');

    expect(
      users.map(({ metadata, spec }) => ({
        name: metadata.name,
        profile: spec?.profile,
        groups: (spec?.memberOf as string[]).map(
          ref => parseEntityRef(ref, { defaultKind: 'Group' }).name,
        ),
      })),
    ).toEqual(
      developmentPeople.map(({ name, displayName, email, groups }) => ({
        name,
        profile: { displayName, email },
        groups,
      })),
    );
  });
});
