import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { policyExtensionPoint } from '@backstage/plugin-permission-node/alpha';
import { OwnershipPermissionPolicy } from './OwnershipPermissionPolicy';

/** Gives the permission backend the {@link OwnershipPermissionPolicy}. */
export const permissionModuleOwnershipPolicy = createBackendModule({
  pluginId: 'permission',
  moduleId: 'ownership-policy',
  register(registration) {
    registration.registerInit({
      deps: {
        policy: policyExtensionPoint,
        userInfo: coreServices.userInfo,
      },
      async init({ policy, userInfo }) {
        policy.setPolicy(OwnershipPermissionPolicy.create({ userInfo }));
      },
    });
  },
});
