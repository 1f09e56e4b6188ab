import {
  Reason,
  ScanSummary,
} from '@slipway/backstage-plugin-image-registry-common';
import { REGISTRY_REFUSES_FOR_NOW } from '@slipway/backstage-plugin-image-registry-node';
import { because } from '../reasons';

/**
 * Puts into words for what a rollout waits while its registry refuses the image
 * for now; other reasons stay as they are.
 *
 * @param title - of the kind of registry, such as Harbor, when it is known
 * @param scan - of the image, when the registry tells
 */
export function registryWords(
  title: string | undefined,
  scan?: ScanSummary['status'],
) {
  const name = title ?? 'the registry';
  return (reason: Reason): Reason => {
    if (reason.code !== REGISTRY_REFUSES_FOR_NOW) {
      return reason;
    }
    const { cause, detail = '' } = reason.params ?? {};
    const params = { registry: name, detail };
    if (cause === 'held-back') {
      return scans(name, detail, scan)
        ? because('registry-scans', `Waiting: ${name} is scanning`, params)
        : because(
            'registry-holds-back',
            `Waiting: ${name} holds the image back for now`,
            params,
          );
    }
    return cause === 'limit'
      ? because('registry-throttles', `Waiting: ${name} throttles`, params)
      : because('registry-fails', `Waiting: ${name} fails to answer`, params);
  };
}

/** Harbor's words for an image whose scan is not finished. */
const NOT_SCANNED = /without vulnerability scanning/i;

/** Its words for the other policies that hold an image back. */
const OTHER_POLICY = /configured policy|not signed/i;

/**
 * Harbor answers 412 to a node's HEAD without saying why. The scan is what it
 * waits for right after a push; the other policies were asked before.
 */
function scans(
  name: string,
  detail: string,
  scan: ScanSummary['status'] | undefined,
): boolean {
  if (scan !== undefined) {
    return scan === 'pending' || scan === 'not-scanned';
  }
  return (
    NOT_SCANNED.test(detail) ||
    (name === 'Harbor' && !OTHER_POLICY.test(detail))
  );
}
