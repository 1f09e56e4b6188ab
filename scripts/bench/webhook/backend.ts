import { createBackend } from '@backstage/backend-defaults';
import { noOpModule } from './noOpModule';

/** As a process of its own: the plugin with what it needs, and the no-op. */
const backend = createBackend();
backend.add(import('@backstage/plugin-catalog-backend'));
backend.add(import('@backstage/plugin-signals-backend'));
backend.add(import('@backstage/plugin-notifications-backend'));
backend.add(import('@slipway/backstage-plugin-image-registry-backend'));
backend.add(noOpModule);
backend.start();
