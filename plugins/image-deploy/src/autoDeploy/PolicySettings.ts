import {
  ImageGates,
  Policy,
  PolicyMode,
  TagRule,
  WhenStopped,
} from '@slipway/backstage-plugin-image-registry-common';

/** What a policy asks and does beside its rule. */
export interface PolicySettings {
  enabled: boolean;
  mode: PolicyMode;
  /** On top of what the environment asks. */
  gates: ImageGates;
  whenStopped: WhenStopped;
}

/** All that a policy's sentence tells. */
export interface PolicyMeaning extends PolicySettings {
  rule: TagRule;
}

/** The settings of a saved policy, or those of a new one. */
export function settingsOf(policy: Policy | undefined): PolicySettings {
  return {
    enabled: policy?.enabled ?? true,
    mode: policy?.mode ?? 'deploy',
    gates: policy?.gates ?? {},
    whenStopped: policy?.whenStopped ?? 'block',
  };
}
