import { jsonAnswer, VendorAnswer } from '../VendorAnswer';
import { VendorRequest } from '../VendorRequest';

/** An error in Google's error model (google.rpc.Status). */
export function googleRefusal(
  code: number,
  status: string,
  message: string,
  details: object[] = [],
): VendorAnswer {
  return jsonAnswer(
    { error: { code, message, status, details } },
    { status: code },
  );
}

/** What IAM says of a permission that is missing. */
export function permissionDenied(
  permission: string,
  resource: string,
): VendorAnswer {
  return googleRefusal(
    403,
    'PERMISSION_DENIED',
    `Permission '${permission}' denied on resource '//artifactregistry.googleapis.com/${resource}' (or it may not exist).`,
    [
      {
        '@type': 'type.googleapis.com/google.rpc.ErrorInfo',
        reason: 'IAM_PERMISSION_DENIED',
        domain: 'artifactregistry.googleapis.com',
        metadata: { permission, resource },
      },
    ],
  );
}

/** What every API answers to a token that it does not know. */
export function unauthenticated(): VendorAnswer {
  return googleRefusal(
    401,
    'UNAUTHENTICATED',
    'Request had invalid authentication credentials. Expected OAuth 2 access token, login cookie or other valid authentication credential.',
  );
}

/** Entries of a page: services may return fewer than `pageSize`. */
const PAGE = 50;

/** Answers one page of a list under its name. */
export function pageAnswer(
  member: string,
  entries: readonly object[],
  { query }: VendorRequest,
): VendorAnswer {
  const token = query.get('pageToken');
  const start = token
    ? Number(Buffer.from(token, 'base64url').toString('utf8'))
    : 0;
  const size = Math.min(Number(query.get('pageSize') || PAGE), PAGE);
  const end = start + size;
  const items = entries.slice(start, end);
  return jsonAnswer({
    ...(items.length > 0 && { [member]: items }),
    ...(end < entries.length && {
      nextPageToken: Buffer.from(String(end)).toString('base64url'),
    }),
  });
}
