import {
  advise,
  RegistryError,
} from '@slipway/backstage-plugin-image-registry-node';
import { splitRepository } from './HarborApi';

/** Harbor's answer of an image that a project's policy does not let out. */
const POLICY_VIOLATION = 412;

/** Whether an image exists, and may not be pulled for now. */
export function isHeldBack(error: unknown): error is RegistryError {
  return error instanceof RegistryError && error.status === POLICY_VIOLATION;
}

/** Says what a project may hold an image back for. */
export function heldBack(
  repository: string,
  operation: string,
  cause: RegistryError,
): RegistryError {
  const { project } = splitRepository(repository);
  return new RegistryError(
    'invalid-response',
    `Harbor: could not ${operation}: project ${project} holds the image back by its policy`,
    {
      status: cause.status,
      cause,
      hint: advise(
        'harbor-held-back',
        `It may have to be scanned or signed first, or its findings are too severe. See Projects › ${project} › Configuration in Harbor`,
        { project },
      ),
    },
  );
}
