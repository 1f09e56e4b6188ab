import { Reason } from '@slipway/backstage-plugin-image-registry-common';
import { because } from '@slipway/backstage-plugin-image-registry-node';

/** Why a call is not let in, when only an English sentence tells it. */
export function proofRefused(said: string): Reason {
  return because('webhook-proof-refused', said, { said });
}
