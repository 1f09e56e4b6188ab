import { mockCredentials, mockServices } from '@backstage/backend-test-utils';
import {
  AuthorizeResult,
  Permission,
} from '@backstage/plugin-permission-common';
import {
  deliveryReadPermission,
  deploymentApprovePermission,
  deploymentCreatePermission,
  deploymentEmergencyPermission,
  deploymentReadPermission,
  entityPermissions,
  imageRegistryPermissions,
  pullSecretManagePermission,
  registryCreatePermission,
  registryReadPermission,
  registryUpdatePermission,
  webhookEndpointManagePermission,
  workloadCreatePermission,
} from '@slipway/backstage-plugin-image-registry-common';
import { OwnershipPermissionPolicy } from './OwnershipPermissionPolicy';

const groups = {
  admin: 'group:default/admins',
  owner: 'group:default/team-shop',
};

const askedByThePlugin: Permission[] = [
  workloadCreatePermission,
  deploymentApprovePermission,
  deploymentEmergencyPermission,
];

async function decide(permission: Permission, person?: keyof typeof groups) {
  const ownershipEntityRefs = person
    ? [`user:default/${person}`, groups[person]]
    : [];
  const userInfo = mockServices.userInfo.mock({
    getUserInfo: async () => ({
      userEntityRef: `user:default/${person}`,
      ownershipEntityRefs,
    }),
  });
  const policy = OwnershipPermissionPolicy.create({ userInfo });
  const credentials = mockCredentials.user(`user:default/${person}`);
  return policy.handle(
    { permission },
    person && {
      credentials,
      info: { userEntityRef: `user:default/${person}`, ownershipEntityRefs },
    },
  );
}

describe('OwnershipPermissionPolicy', () => {
  it.each(imageRegistryPermissions.map(each => [each.name, each] as const))(
    'denies %s to a caller without a user and allows it to an administrator',
    async (_name, permission) => {
      expect(await decide(permission)).toEqual({
        result: AuthorizeResult.DENY,
      });
      expect(await decide(permission, 'admin')).toEqual({
        result: AuthorizeResult.ALLOW,
      });
    },
  );

  it.each([registryReadPermission, deploymentReadPermission])(
    'lets everybody who is signed in read: $name',
    async permission => {
      expect(await decide(permission, 'owner')).toEqual({
        result: AuthorizeResult.ALLOW,
      });
    },
  );

  it.each(askedByThePlugin)(
    'leaves $name of everybody who is signed in to the plugin',
    async permission => {
      expect(await decide(permission, 'owner')).toEqual({
        result: AuthorizeResult.ALLOW,
      });
    },
  );

  it.each([
    registryCreatePermission,
    pullSecretManagePermission,
    registryUpdatePermission,
    webhookEndpointManagePermission,
    deliveryReadPermission,
  ])('keeps $name for administrators', async permission => {
    expect(await decide(permission, 'owner')).toEqual({
      result: AuthorizeResult.DENY,
    });
  });

  it('leaves what concerns a component to its owners', async () => {
    const writes = entityPermissions.filter(
      each =>
        each.attributes.action !== 'read' && !askedByThePlugin.includes(each),
    );
    expect(writes).toContain(deploymentCreatePermission);

    for (const permission of writes) {
      expect(await decide(permission, 'owner')).toEqual({
        result: AuthorizeResult.CONDITIONAL,
        pluginId: 'catalog',
        resourceType: 'catalog-entity',
        conditions: {
          rule: 'IS_ENTITY_OWNER',
          resourceType: 'catalog-entity',
          params: { claims: ['user:default/owner', 'group:default/team-shop'] },
        },
      });
    }
  });
});
