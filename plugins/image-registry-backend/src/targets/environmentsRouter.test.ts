import { mockServices } from '@backstage/backend-test-utils';
import { NotAllowedError } from '@backstage/errors';
import {
  Environment,
  Protection,
  protectionManagePermission,
  pullSecretManagePermission,
} from '@slipway/backstage-plugin-image-registry-common';
import express from 'express';
import request from 'supertest';
import { Access } from '../access';
import { createEnvironmentsRouter } from './environmentsRouter';
import { EnvironmentStore } from './EnvironmentStore';

const place = (namespace: string) => [
  { cluster: 'local', namespaces: [namespace] },
];
const approvals = { approvals: { count: 1 } };

describe('environments and their protection', () => {
  const bench = (
    protection: Protection,
    mayProtect: boolean,
    secrets: { kept: boolean; may: boolean } = { kept: false, may: true },
  ) => {
    const stored = {
      id: 'e1',
      name: 'production',
      places: place('shop'),
      protection,
      keepPullSecrets: secrets.kept,
      version: 1,
    } as unknown as Environment;
    const auditor = mockServices.auditor.mock();
    auditor.createEvent.mockResolvedValue({
      success: async () => {},
      fail: async () => {},
    });
    const changes: string[] = [];
    const app = express().use(
      createEnvironmentsRouter({
        auditor,
        access: {
          actor: async () => ({}),
          require: async (_: unknown, permission: unknown) => {
            const denied =
              (permission === protectionManagePermission && !mayProtect) ||
              (permission === pullSecretManagePermission && !secrets.may);
            if (denied) {
              throw new NotAllowedError('not for you');
            }
          },
        } as unknown as Access,
        environments: {
          list: async () => [stored],
          create: async () => stored,
          update: async () => stored,
          remove: async () => {},
          pullSecretAuthor: async () => undefined,
        } as EnvironmentStore,
        async onProtectionChange() {
          changes.push('change');
        },
      }),
    );
    app.use(
      (
        error: Error,
        _request: express.Request,
        response: express.Response,
        _next: express.NextFunction,
      ) => response.status(error instanceof NotAllowedError ? 403 : 500).end(),
    );
    return { app, auditor, changes };
  };
  const patch = (app: express.Express, body: object) =>
    request(app)
      .patch('/environments/e1')
      .send({ version: 1, ...body });

  it.each<[string, Protection, object, number]>([
    ['a name', approvals, { name: 'prod' }, 200],
    ['the same protection', approvals, { protection: approvals }, 200],
    ['the same places', approvals, { places: place('shop') }, 200],
    ['places of what is not protected', {}, { places: place('x') }, 200],
    ['a protection', approvals, { protection: {} }, 403],
    ['a new protection', {}, { protection: approvals }, 403],
    ['places of what is protected', approvals, { places: place('x') }, 403],
  ])('takes %s', async (_, before, change, withoutRight) => {
    const without = bench(before, false);
    expect((await patch(without.app, change)).status).toBe(withoutRight);
    const having = bench(before, true);
    expect((await patch(having.app, change)).status).toBe(200);
    expect(having.changes).toEqual(['change']);
  });

  it('needs the same to make and to delete what is protected', async () => {
    for (const [protection, status] of [
      [{}, [201, 204]],
      [approvals, [403, 403]],
    ] as const) {
      const { app } = bench(protection, false);
      const made = await request(app)
        .post('/environments')
        .send({ name: 'x', places: place('x'), protection });
      const removed = await request(app).delete('/environments/e1');
      expect([made.status, removed.status]).toEqual(status);
    }
  });

  it.each<[string, boolean, object, number]>([
    ['a name', true, { name: 'prod' }, 200],
    ['the same places', true, { places: place('shop') }, 200],
    ['places without secrets', false, { places: place('x') }, 200],
    ['that secrets are kept', false, { keepPullSecrets: true }, 403],
    ['that they are no more', true, { keepPullSecrets: false }, 403],
    ['other places of secrets', true, { places: place('x') }, 403],
    ['another login for them', true, { defaultRegistryId: 'hub' }, 403],
  ])('takes %s', async (_, kept, change, withoutRight) => {
    const without = bench({}, true, { kept, may: false });
    expect((await patch(without.app, change)).status).toBe(withoutRight);
    const having = bench({}, true, { kept, may: true });
    expect((await patch(having.app, change)).status).toBe(200);
  });

  it('audits the whole protection', async () => {
    const { app, auditor } = bench({}, true);
    await patch(app, { protection: approvals });
    expect(auditor.createEvent).toHaveBeenCalledWith(
      expect.objectContaining({
        eventId: 'environment-mutate',
        severityLevel: 'high',
        meta: expect.objectContaining({
          protection: JSON.stringify(approvals),
        }),
      }),
    );
  });
});
