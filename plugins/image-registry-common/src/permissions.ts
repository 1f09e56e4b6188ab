import {
  BasicPermission,
  createPermission,
  Permission,
  ResourcePermission,
} from '@backstage/plugin-permission-common';

/** Resource type of a registry integration in permission policies. */
export const RESOURCE_TYPE_IMAGE_REGISTRY = 'image-registry';

/**
 * Resource type of catalog entities. Everything that concerns one component
 * uses it, so that a policy decides by ownership of the component.
 */
export const RESOURCE_TYPE_CATALOG_ENTITY = 'catalog-entity';

type Action = 'create' | 'read' | 'update' | 'delete';

function registryPermission(
  name: string,
  action: Action,
): ResourcePermission<typeof RESOURCE_TYPE_IMAGE_REGISTRY> {
  return createPermission({
    name: `imageRegistry.${name}`,
    attributes: { action },
    resourceType: RESOURCE_TYPE_IMAGE_REGISTRY,
  });
}

function entityPermission(
  name: string,
  action: Action,
): ResourcePermission<typeof RESOURCE_TYPE_CATALOG_ENTITY> {
  return createPermission({
    name: `imageRegistry.${name}`,
    attributes: { action },
    resourceType: RESOURCE_TYPE_CATALOG_ENTITY,
  });
}

function basicPermission(name: string, action: Action): BasicPermission {
  return createPermission({
    name: `imageRegistry.${name}`,
    attributes: { action },
  });
}

/** See a registry, browse and inspect its images. */
export const registryReadPermission = registryPermission(
  'registry.read',
  'read',
);
/** Connect a registry; also needed to check one that is not saved yet. */
export const registryCreatePermission = basicPermission(
  'registry.create',
  'create',
);
/** Change a registry: address, credentials, grants, default. */
export const registryUpdatePermission = registryPermission(
  'registry.update',
  'update',
);
/** Remove a registry that nothing uses. */
export const registryDeletePermission = registryPermission(
  'registry.delete',
  'delete',
);
/** Make, rotate and delete webhook endpoints of a registry. */
export const webhookEndpointManagePermission = registryPermission(
  'webhookEndpoint.manage',
  'update',
);
/** Read the webhook log of a registry. */
export const deliveryReadPermission = registryPermission(
  'delivery.read',
  'read',
);
/** Process a stored delivery again. */
export const deliveryReplayPermission = registryPermission(
  'delivery.replay',
  'update',
);

/** Name, order and place environments. */
export const environmentManagePermission = basicPermission(
  'environment.manage',
  'update',
);

/** Say what an environment asks of every deploy. */
export const protectionManagePermission = basicPermission(
  'protection.manage',
  'update',
);
/** Stop all deploys of the portal, and let them go on. */
export const freezeManagePermission = basicPermission(
  'freeze.manage',
  'update',
);

/**
 * Make a component from an image. Whose it is and where it may be is asked
 * beside that: its owner must be the caller's, and its environment must name
 * the owner or the system.
 */
export const workloadCreatePermission = basicPermission(
  'workload.create',
  'create',
);
/** Put registries' logins into Kubernetes namespaces, and take them out. */
export const pullSecretManagePermission = basicPermission(
  'pullSecret.manage',
  'update',
);

/** Make a webhook endpoint for the repositories of one's own component. */
export const componentWebhookEndpointPermission = entityPermission(
  'component.webhookEndpoint',
  'create',
);
/** Choose where a component's images come from. */
export const componentSourcePermission = entityPermission(
  'component.source',
  'update',
);
/** See what runs, the history and the policies of a component. */
export const deploymentReadPermission = entityPermission(
  'deployment.read',
  'read',
);
/** Deploy an image to a target of a component. */
export const deploymentCreatePermission = entityPermission(
  'deployment.create',
  'create',
);
/** Return a target of a component to an image that ran there before. */
export const deploymentRollbackPermission = entityPermission(
  'deployment.rollback',
  'create',
);
/** Consent that the portal manages an image field that others own. */
export const targetConsentPermission = entityPermission(
  'target.consent',
  'update',
);
/** Restart, stop and start workloads of a component. */
export const targetOperatePermission = entityPermission(
  'target.operate',
  'update',
);
/** Create, change, pause and delete auto-build policies of a component. */
export const policyUpdatePermission = entityPermission(
  'policy.update',
  'update',
);
/** Set and lift holds on targets of a component. */
export const holdUpdatePermission = entityPermission('hold.update', 'update');

/** Stop all deploys of a component, and let them go on. */
export const componentFreezePermission = entityPermission(
  'component.freeze',
  'update',
);
/**
 * Deploy past the gates of an environment. That the caller is in its emergency
 * group is asked beside that.
 */
export const deploymentEmergencyPermission = entityPermission(
  'deployment.emergency',
  'create',
);
/**
 * Approve and reject what waits for an approval. That the caller is among those
 * who are asked is asked beside that.
 */
export const deploymentApprovePermission = entityPermission(
  'deployment.approve',
  'update',
);

/** Permissions whose resource is a registry. */
export const registryPermissions: Permission[] = [
  registryReadPermission,
  registryUpdatePermission,
  registryDeletePermission,
  webhookEndpointManagePermission,
  deliveryReadPermission,
  deliveryReplayPermission,
];

/** Permissions whose resource is a catalog entity. */
export const entityPermissions: Permission[] = [
  componentWebhookEndpointPermission,
  componentSourcePermission,
  deploymentReadPermission,
  deploymentCreatePermission,
  deploymentRollbackPermission,
  targetConsentPermission,
  targetOperatePermission,
  policyUpdatePermission,
  holdUpdatePermission,
  componentFreezePermission,
  deploymentEmergencyPermission,
  deploymentApprovePermission,
];

/** All permissions of the suite, as registered by the backend plugin. */
export const imageRegistryPermissions: Permission[] = [
  registryCreatePermission,
  environmentManagePermission,
  protectionManagePermission,
  freezeManagePermission,
  workloadCreatePermission,
  pullSecretManagePermission,
  ...registryPermissions,
  ...entityPermissions,
];
