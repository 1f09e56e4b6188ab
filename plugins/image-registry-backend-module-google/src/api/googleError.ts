import {
  advise,
  RegistryError,
  RegistryHttpResponse,
  reportedErrors,
  statusError,
} from '@slipway/backstage-plugin-image-registry-node';
import { TITLE } from '../title';
import { GoogleCall } from './GoogleApi';

/** What of the error model of Google's APIs (google.rpc.Status) is used. */
interface GoogleError {
  status?: string;
  reason?: string;
  permission?: string;
  resource?: string;
  message: string;
}

/** Puts a refusal of an API of Google into words. */
export function googleError(
  call: GoogleCall,
  response: RegistryHttpResponse,
): RegistryError {
  const { status } = response;
  const url = new URL(response.url);
  const could = `${TITLE}: could not ${call.operation} at ${url.host}`;
  const error = readError(response.body);
  if (error?.reason === 'SERVICE_DISABLED') {
    return new RegistryError(
      'forbidden',
      `${could}: the API is not enabled in the project`,
      {
        status,
        hint: advise(
          'google-enable-api',
          `Enable ${url.host} under APIs & Services of the project`,
          { api: url.host },
        ),
      },
    );
  }
  if (status === 403 && (error || reportedErrors(response.body).length)) {
    const permission = error?.permission ?? call.permission;
    const place = error?.resource ? ` on ${error.resource}` : '';
    return new RegistryError(
      'forbidden',
      `${could}: the service account lacks the permission ${permission}${place}, or it does not exist`,
      {
        status,
        hint: advise(
          'google-grant-role',
          `Grant the role ${call.role}, which has ${permission}, on the project or the repository`,
          { role: call.role, permission },
        ),
      },
    );
  }
  if (status === 401) {
    return new RegistryError(
      'unauthenticated',
      `${could}: Google does not accept the access token`,
      {
        status,
        hint: advise(
          'google-check-account',
          'Check that the service account and its key are enabled',
        ),
      },
    );
  }
  if (status === 404) {
    return new RegistryError('not-found', `${could}: it does not exist`, {
      status,
      hint: advise(
        'google-check-place',
        'Check project and repository, and that the location of the address is the right one',
      ),
    });
  }
  return statusError(response, {
    operation: call.operation,
    title: TITLE,
    url,
  });
}

function readError(body: Buffer): GoogleError | undefined {
  try {
    const { error } = JSON.parse(body.toString('utf8'));
    const details: unknown[] = Array.isArray(error.details)
      ? error.details
      : [];
    const { metadata = {}, reason } = (details.find(
      each => typeof (each as { reason?: unknown })?.reason === 'string',
    ) ?? {}) as { reason?: string; metadata?: Record<string, string> };
    const message = String(error.message ?? '');
    return {
      status: error.status,
      reason,
      permission:
        metadata.permission ?? /Permission '([a-zA-Z.]+)'/.exec(message)?.[1],
      resource:
        metadata.resource ??
        /on resource '(?:\/\/artifactregistry\.googleapis\.com\/)?([^']+)'/.exec(
          message,
        )?.[1],
      message,
    };
  } catch {
    return undefined;
  }
}
