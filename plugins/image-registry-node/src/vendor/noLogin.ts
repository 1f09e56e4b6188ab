import { RegistryError } from '../provider/RegistryError';
import { remedies } from '../provider/remedies';

/** What is thrown when a vendor's answer holds no temporary login. */
export function noLogin(title: string, operation: string): RegistryError {
  return new RegistryError(
    'invalid-response',
    `${title}: could not ${operation}: the answer holds none`,
    { hint: remedies.tryLater },
  );
}
