import { NotFoundError } from '@backstage/errors';
import { Reason } from '@slipway/backstage-plugin-image-registry-common';
import { DriverError } from '@slipway/backstage-plugin-image-registry-node';
import { because, rolloutReasons } from './reasons';

/** The API server's words of a namespace that is on its way out. */
const TERMINATING =
  /namespace (\S+) because it is being terminated|namespace (\S+) is being terminated/i;

/** Why a cluster will not take a change, with what to do about it. */
export function clusterReason(error: DriverError | NotFoundError): Reason {
  const namespace = TERMINATING.exec(error.message);
  if (namespace) {
    return rolloutReasons.namespaceTerminating(namespace[1] ?? namespace[2]);
  }
  return error instanceof DriverError && error.code !== 'not-found'
    ? because(error.code, error.message)
    : rolloutReasons.targetGone(error.message);
}
