import { createBackend } from '@backstage/backend-defaults';
import {
  coreServices,
  createBackendFeatureLoader,
} from '@backstage/backend-plugin-api';
import { endWithoutReader } from './endWithoutReader';

endWithoutReader();

const backend = createBackend();

backend.add(import('@backstage/plugin-app-backend'));
backend.add(import('@backstage/plugin-auth-backend'));
backend.add(import('@backstage/plugin-catalog-backend'));
backend.add(
  import('@slipway/backstage-plugin-catalog-backend-module-image-registry'),
);
backend.add(import('@backstage/plugin-permission-backend'));
backend.add(import('./permissionPolicy'));
// Brings events, and with them live updates, to every replica.
backend.add(import('@backstage/plugin-events-backend'));
backend.add(import('@backstage/plugin-signals-backend'));
backend.add(import('@backstage/plugin-notifications-backend'));
backend.add(import('@slipway/backstage-plugin-image-registry-backend'));
backend.add(
  import('@slipway/backstage-plugin-image-registry-backend-module-aliyun'),
);
backend.add(
  import('@slipway/backstage-plugin-image-registry-backend-module-aws'),
);
backend.add(
  import('@slipway/backstage-plugin-image-registry-backend-module-google'),
);
backend.add(
  import('@slipway/backstage-plugin-image-registry-backend-module-huawei'),
);
backend.add(
  import('@slipway/backstage-plugin-image-registry-backend-module-kubernetes'),
);
backend.add(
  import('@slipway/backstage-plugin-image-registry-backend-module-tencent'),
);

backend.add(
  createBackendFeatureLoader({
    deps: { config: coreServices.rootConfig },
    *loader({ config }) {
      if (config.has('auth.providers.development')) {
        yield import('./developmentSignIn');
      }
    },
  }),
);

backend.start();
