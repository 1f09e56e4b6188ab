import { createHash, timingSafeEqual } from 'node:crypto';
import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import express from 'express';
import PromiseRouter from 'express-promise-router';

function hash(secret: string): Buffer {
  return createHash('sha256').update(secret).digest();
}

/**
 * The routes that the webhook is measured against, of the same plugin. Both
 * read the same body and answer:
 * - `/no-op` is open, and compares a secret as the webhook does;
 * - `/authenticated-no-op` is a route as any other: the portal authenticates
 *   who calls, here a service by its token.
 */
export const noOpModule = createBackendModule({
  pluginId: 'image-registry',
  moduleId: 'no-op',
  register(env) {
    env.registerInit({
      deps: {
        config: coreServices.rootConfig,
        http: coreServices.httpRouter,
        httpAuth: coreServices.httpAuth,
      },
      async init({ config, http, httpAuth }) {
        const expected = hash(config.getString('bench.secret'));
        const router = PromiseRouter();
        const readBody = express.raw({ type: () => true, limit: 1024 * 1024 });
        router.post('/no-op', readBody, (request, response) => {
          const presented = /^bearer\s+(\S+)$/i.exec(
            request.headers.authorization ?? '',
          )?.[1];
          const isIn = timingSafeEqual(hash(presented ?? ''), expected);
          response
            .status(isIn && Buffer.isBuffer(request.body) ? 202 : 401)
            .json({ deliveryId: '', events: 1 });
        });
        router.post(
          '/authenticated-no-op',
          readBody,
          async (request, response) => {
            await httpAuth.credentials(request, { allow: ['service'] });
            response
              .status(Buffer.isBuffer(request.body) ? 202 : 400)
              .json({ deliveryId: '', events: 1 });
          },
        );
        http.use(router);
        http.addAuthPolicy({ path: '/no-op', allow: 'unauthenticated' });
      },
    });
  },
});
