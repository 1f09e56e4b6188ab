import { createHash, timingSafeEqual } from 'node:crypto';
import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import express, { Router } from 'express';

function hash(secret: string): Buffer {
  return createHash('sha256').update(secret).digest();
}

/**
 * The route that the webhook is measured against: of the same plugin, reads
 * the same body, compares a secret in the same way, and answers.
 */
export const noOpModule = createBackendModule({
  pluginId: 'image-registry',
  moduleId: 'no-op',
  register(env) {
    env.registerInit({
      deps: { config: coreServices.rootConfig, http: coreServices.httpRouter },
      async init({ config, http }) {
        const expected = hash(config.getString('bench.secret'));
        const router = Router();
        router.post(
          '/no-op',
          express.raw({ type: () => true, limit: 1024 * 1024 }),
          (request, response) => {
            const presented = /^bearer\s+(\S+)$/i.exec(
              request.headers.authorization ?? '',
            )?.[1];
            const isIn = timingSafeEqual(hash(presented ?? ''), expected);
            response
              .status(isIn && Buffer.isBuffer(request.body) ? 202 : 401)
              .json({ deliveryId: '', events: 1 });
          },
        );
        http.use(router);
        http.addAuthPolicy({ path: '/no-op', allow: 'unauthenticated' });
      },
    });
  },
});
