import { UserInfoService } from '@backstage/backend-plugin-api';
import {
  catalogConditions,
  createCatalogConditionalDecision,
} from '@backstage/plugin-catalog-backend/alpha';
import {
  AuthorizeResult,
  isPermission,
  isResourcePermission,
  Permission,
  PolicyDecision,
} from '@backstage/plugin-permission-common';
import {
  PermissionPolicy,
  PolicyQuery,
  PolicyQueryUser,
} from '@backstage/plugin-permission-node';
import {
  deliveryReadPermission,
  deploymentApprovePermission,
  deploymentEmergencyPermission,
  RESOURCE_TYPE_CATALOG_ENTITY,
  workloadCreatePermission,
} from '@slipway/backstage-plugin-image-registry-common';

/** Group whose members may do everything. */
const ADMINISTRATORS = 'group:default/admins';

/**
 * The plugin itself asks whose a new component is to be and where, and whether
 * the caller is in the group that an environment lets approve or deploy in an
 * emergency. Those need not be owners, and no condition on a component could
 * name them.
 */
const askedByThePlugin: readonly Permission[] = [
  workloadCreatePermission,
  deploymentApprovePermission,
  deploymentEmergencyPermission,
];

/**
 * An example policy: administrators may do everything, everybody who is signed
 * in may read all but the webhook log, which holds the bodies of all
 * registries' calls as they came, and what belongs to a catalog entity (deploy,
 * policies, holds, its image source, its webhook endpoint) is for the entity's
 * owners, but for what the plugin asks by itself.
 *
 * Services do not come here: the framework holds their tokens to the access
 * restrictions of `backend.auth.externalAccess`.
 */
export class OwnershipPermissionPolicy implements PermissionPolicy {
  readonly #userInfo: UserInfoService;

  static create(options: { userInfo: UserInfoService }) {
    return new OwnershipPermissionPolicy(options.userInfo);
  }

  private constructor(userInfo: UserInfoService) {
    this.#userInfo = userInfo;
  }

  async handle(
    request: PolicyQuery,
    user?: PolicyQueryUser,
  ): Promise<PolicyDecision> {
    if (!user) {
      return { result: AuthorizeResult.DENY };
    }
    const { permission } = request;
    if (
      permission.attributes.action === 'read' &&
      !isPermission(permission, deliveryReadPermission)
    ) {
      return { result: AuthorizeResult.ALLOW };
    }
    if (askedByThePlugin.some(each => isPermission(permission, each))) {
      return { result: AuthorizeResult.ALLOW };
    }
    const { ownershipEntityRefs } = await this.#userInfo.getUserInfo(
      user.credentials,
    );
    if (ownershipEntityRefs.includes(ADMINISTRATORS)) {
      return { result: AuthorizeResult.ALLOW };
    }
    if (isResourcePermission(permission, RESOURCE_TYPE_CATALOG_ENTITY)) {
      return createCatalogConditionalDecision(
        permission,
        catalogConditions.isEntityOwner({ claims: ownershipEntityRefs }),
      );
    }
    return { result: AuthorizeResult.DENY };
  }
}
