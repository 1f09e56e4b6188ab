import {
  Entity,
  getCompoundEntityRef,
  RELATION_OWNED_BY,
  stringifyEntityRef,
} from '@backstage/catalog-model';
import {
  getEntityRelations,
  humanizeEntityRef,
} from '@backstage/plugin-catalog-react';
import { usePermission } from '@backstage/plugin-permission-react';
import {
  componentFreezePermission,
  componentWebhookEndpointPermission,
  deploymentCreatePermission,
  deploymentEmergencyPermission,
  deploymentRollbackPermission,
  holdUpdatePermission,
  policyUpdatePermission,
  targetConsentPermission,
  targetOperatePermission,
} from '@slipway/backstage-plugin-image-registry-common';
import { useTranslate } from '@slipway/backstage-plugin-image-registry-react';
import { imageDeployTranslationRef } from '../translation';

/** What a person may do here: absent when they may, else why not. */
export interface Rights {
  deploy?: string;
  /** For members of the emergency group, owners or not. */
  emergency?: string;
  rollBack?: string;
  hold?: string;
  policy?: string;
  consent?: string;
  operate?: string;
  webhookEndpoint?: string;
  freeze?: string;
}

/** Why a person may not deploy, roll back, … a component. */
export function useRights(entity: Entity): Rights {
  const t = useTranslate(imageDeployTranslationRef);
  const resourceRef = stringifyEntityRef(entity);
  const owners = getEntityRelations(entity, RELATION_OWNED_BY)
    .map(owner => humanizeEntityRef(owner, { defaultKind: 'group' }))
    .join(', ');
  const component = getCompoundEntityRef(entity).name;
  const denied = owners
    ? t('right.deniedOwner', { owners, component })
    : t('right.denied', { component });

  const may = (result: { loading: boolean; allowed: boolean }) =>
    result.loading || result.allowed ? undefined : denied;
  return {
    deploy: may(
      usePermission({ permission: deploymentCreatePermission, resourceRef }),
    ),
    emergency: may(
      usePermission({ permission: deploymentEmergencyPermission, resourceRef }),
    ),
    rollBack: may(
      usePermission({ permission: deploymentRollbackPermission, resourceRef }),
    ),
    hold: may(usePermission({ permission: holdUpdatePermission, resourceRef })),
    policy: may(
      usePermission({ permission: policyUpdatePermission, resourceRef }),
    ),
    consent: may(
      usePermission({ permission: targetConsentPermission, resourceRef }),
    ),
    operate: may(
      usePermission({ permission: targetOperatePermission, resourceRef }),
    ),
    freeze: may(
      usePermission({ permission: componentFreezePermission, resourceRef }),
    ),
    webhookEndpoint: may(
      usePermission({
        permission: componentWebhookEndpointPermission,
        resourceRef,
      }),
    ),
  };
}
