import { NotFoundError } from '@backstage/errors';
import {
  because,
  refusal,
} from '@slipway/backstage-plugin-image-registry-node';

/** There is no such registry, or the caller may not know of it. */
export function noRegistry(id: string): NotFoundError {
  return refusal(
    NotFoundError,
    because('no-such-registry', `No registry ${id}`, { id }),
  );
}

/** There is no such component, or the caller may not know of it. */
export function noComponent(entityRef: string): NotFoundError {
  return refusal(
    NotFoundError,
    because('no-such-component', `No component ${entityRef}`, { entityRef }),
  );
}

/** There is no such environment. */
export function noEnvironment(id: string): NotFoundError {
  return refusal(
    NotFoundError,
    because('no-such-environment', `No environment ${id}`, { id }),
  );
}

/** There is no such webhook endpoint, or the caller may not know of it. */
export function noEndpoint(id: string): NotFoundError {
  return refusal(
    NotFoundError,
    because('no-such-endpoint', `No webhook endpoint ${id}`, { id }),
  );
}

/** There is no such delivery, or the caller may not know of it. */
export function noDelivery(id: string): NotFoundError {
  return refusal(
    NotFoundError,
    because('no-such-delivery', `No delivery ${id}`, { id }),
  );
}

/** There is no such policy, or the caller may not know of it. */
export function noPolicy(id: string): NotFoundError {
  return refusal(
    NotFoundError,
    because('no-such-policy', `No policy ${id}`, { id }),
  );
}

/** There is no such rollout, or the caller may not know of it. */
export function noRollout(id: string): NotFoundError {
  return refusal(
    NotFoundError,
    because('no-such-rollout', `No rollout ${id}`, { id }),
  );
}

/** There is no such hold, or it was lifted. */
export function noHold(id: string): NotFoundError {
  return refusal(
    NotFoundError,
    because('no-such-hold', `No hold ${id}`, { id }),
  );
}
