import { useApi } from '@backstage/core-plugin-api';
import {
  ImageRepository,
  Policy,
  TagRule,
  Target,
} from '@slipway/backstage-plugin-image-registry-common';
import { imageRegistryApiRef } from '@slipway/backstage-plugin-image-registry-react';
import { useDeploymentsContext } from '../tab/DeploymentsContext';
import { Action, useAction } from '../tab/useAction';
import { PolicySettings } from './PolicySettings';

/** Saves a policy, after the consent that it may need. */
export function useSavePolicy(options: {
  target: Target;
  policy?: Policy;
  image: ImageRepository | undefined;
  rule: TagRule;
  settings: PolicySettings;
  /** The person consents that the portal manages the image. */
  consent: boolean;
  /** Called with what was saved, and with nothing when saving begins. */
  onSaved(policy: Policy | undefined): void;
}): Action {
  const { target, policy, image, rule, settings, consent, onSaved } = options;
  const api = useApi(imageRegistryApiRef);
  const { entityRef, refetch } = useDeploymentsContext();
  return useAction(async () => {
    onSaved(undefined);
    try {
      if (consent) {
        await api.consentToTarget(target.key, entityRef);
      }
      onSaved(
        policy
          ? await api.updatePolicy(policy.id, {
              version: policy.version,
              image,
              rule,
              ...settings,
            })
          : await api.createPolicy({
              entityRef,
              target: target.ref,
              image: image!,
              rule,
              ...settings,
            }),
      );
    } finally {
      // Also after a failure: somebody else may have saved a newer version.
      refetch();
    }
  });
}
