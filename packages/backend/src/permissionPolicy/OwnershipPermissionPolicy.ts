import { UserInfoService } from '@backstage/backend-plugin-api';
import {
  catalogConditions,
  createCatalogConditionalDecision,
} from '@backstage/plugin-catalog-backend/alpha';
import {
  AuthorizeResult,
  isPermission,
  isResourcePermission,
  PolicyDecision,
} from '@backstage/plugin-permission-common';
import {
  PermissionPolicy,
  PolicyQuery,
  PolicyQueryUser,
} from '@backstage/plugin-permission-node';
import {
  deliveryReadPermission,
  RESOURCE_TYPE_CATALOG_ENTITY,
  workloadCreatePermission,
} from '@slipway/backstage-plugin-image-registry-common';

/** Group whose members may do everything. */
const ADMINISTRATORS = 'group:default/admins';

/**
 * An example policy: administrators may do everything, everybody who is signed
 * in may read all but the webhook log, which holds the bodies of all
 * registries' calls as they came, and what belongs to a catalog entity (deploy, policies, holds,
 * its image source, its webhook endpoint) is for the entity's owners.
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
    // Whose it is to be, and where, is asked by the plugin itself.
    if (isPermission(permission, workloadCreatePermission)) {
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
