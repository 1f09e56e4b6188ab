import { advise } from '../provider/advise';
import { remedies } from '../provider/remedies';
import { RegistryError } from '../provider/RegistryError';
import { RegistryHttpResponse, reportedErrors } from '../transport';
import { OciSession } from './OciSession';

/**
 * Tells a registry's own "does not exist" from the 404 of something in front
 * of it: only the former is JSON. Taking a wrong path for an absent image
 * would let automation believe that a tag is gone.
 */
export function notFoundError(
  session: OciSession,
  operation: string,
  what: string,
  response: RegistryHttpResponse,
): RegistryError {
  const { host } = new URL(response.url);
  const reported = reportedErrors(response.body);
  if (reported.length > 0) {
    const codes = reported.map(({ code }) => code).filter(Boolean);
    const details = codes.length > 0 ? ` (${codes.join(', ')})` : '';
    return new RegistryError(
      'not-found',
      `${session.title}: ${what} does not exist at ${host}${details}`,
      {
        hint: remedies.checkSpelling,
        status: response.status,
      },
    );
  }
  return new RegistryError(
    'invalid-response',
    `${session.title}: could not ${operation}: ${host} answered ${response.status}, but not as a registry does`,
    {
      hint: advise(
        'check-path',
        'Check the path in the address of the registry, and proxies in front of it',
      ),
      status: response.status,
    },
  );
}
