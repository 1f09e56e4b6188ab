import { Reason } from '@slipway/backstage-plugin-image-registry-common';
import {
  advise,
  RegistryError,
  RegistryErrorCode,
} from '@slipway/backstage-plugin-image-registry-node';

/** What was asked of AWS, for the sentence when it is refused. */
export interface AwsCall {
  title: string;
  /** As in `list the repositories`. */
  operation: string;
  /** IAM action, such as `ecr:DescribeRepositories`. */
  action: string;
}

interface Meaning {
  code: RegistryErrorCode;
  because: string;
  hint: Reason;
}

const wrongKey: Meaning = {
  code: 'unauthenticated',
  because: 'AWS does not know the access key',
  hint: advise(
    'aws-check-key',
    'Check the Access Key ID, and that the key is active in IAM; keys of AWS China and GovCloud hold only in their own regions',
  ),
};
const wrongSecret: Meaning = {
  code: 'unauthenticated',
  because: 'the signature does not match the access key',
  hint: advise(
    'aws-check-secret',
    'Check the Secret Access Key, and the clock of the machine that the backend runs on',
  ),
};
const expired: Meaning = {
  code: 'unauthenticated',
  because: 'the session token has expired',
  hint: advise(
    'aws-new-session',
    'Enter new temporary keys, or use an access key with a role, which is renewed by itself',
  ),
};
const throttled: Meaning = {
  code: 'rate-limited',
  because: 'AWS throttles the calls of this account in this region',
  hint: advise(
    'aws-higher-quota',
    'Wait; if it stays, ask AWS for a higher quota of Amazon ECR',
  ),
};
const failing: Meaning = {
  code: 'server-error',
  because: 'AWS answered with a failure of its own',
  hint: advise(
    'aws-health',
    'Try again later; the AWS Health Dashboard tells of outages',
  ),
};
const nobody: Meaning = {
  code: 'unauthenticated',
  because: 'no AWS identity was found where the backend runs',
  hint: advise(
    'aws-give-identity',
    'Give the backend a role (IRSA, ECS task role, instance profile), a profile, or keys in its environment',
  ),
};

/**
 * By the name of the exception: the common errors of the AWS services, those
 * of STS, and those of the SDK.
 */
const meanings = new Map(
  Object.entries<Meaning>({
    UnrecognizedClientException: wrongKey,
    InvalidClientTokenId: wrongKey,
    InvalidAccessKeyId: wrongKey,
    MissingAuthenticationToken: wrongKey,
    InvalidSignatureException: wrongSecret,
    SignatureDoesNotMatch: wrongSecret,
    IncompleteSignature: wrongSecret,
    ExpiredTokenException: expired,
    ExpiredToken: expired,
    RequestExpired: wrongSecret,
    ThrottlingException: throttled,
    Throttling: throttled,
    TooManyRequestsException: throttled,
    RequestLimitExceeded: throttled,
    ServerException: failing,
    InternalFailure: failing,
    ServiceUnavailable: failing,
    CredentialsProviderError: nobody,
    TokenProviderError: nobody,
  }),
);

const refusals: ReadonlySet<string> = new Set([
  'AccessDeniedException',
  'AccessDenied',
  'OptInRequired',
]);

const absences = new Map(
  Object.entries<string>({
    RepositoryNotFoundException: 'the registry has no such repository',
    ImageNotFoundException: 'the repository has no such image',
    RegistryNotFoundException: 'there is no such registry',
  }),
);

/** What of an exception of the SDK is looked at. */
interface SdkException {
  name?: unknown;
  message?: unknown;
  $metadata?: { httpStatusCode?: number };
}

/**
 * Puts an exception of the SDK into words. The exception itself is not kept
 * as the cause: it holds the signed request.
 *
 * @returns what is a RegistryError already as it is
 */
export function toRegistryError(error: unknown, call: AwsCall): unknown {
  if (error instanceof RegistryError || isAbort(error)) {
    return error;
  }
  const { name, message, $metadata } = (error ?? {}) as SdkException;
  const kind = typeof name === 'string' ? name : '';
  const text = typeof message === 'string' ? message : '';
  const status = $metadata?.httpStatusCode;
  const could = `${call.title}: could not ${call.operation}`;
  if (refusals.has(kind)) {
    return missingPermission(could, call, text, status);
  }
  if (absences.get(kind)) {
    return new RegistryError('not-found', `${could}: ${absences.get(kind)}`, {
      status,
      hint: advise(
        'aws-check-uri',
        'Check the spelling, and that account and region in the URI are the right ones',
      ),
    });
  }
  const meaning = meanings.get(kind) ?? meaningOfStatus(status, kind);
  return new RegistryError(
    meaning.code,
    `${could}: ${meaning.because}${kind ? ` (${kind})` : ''}`,
    { hint: meaning.hint, status },
  );
}

function meaningOfStatus(status: number | undefined, kind: string): Meaning {
  return status !== undefined && status >= 500
    ? failing
    : {
        code: 'invalid-response',
        because: kind ? 'AWS refused the call' : 'the answer is not one of AWS',
        hint: advise(
          'aws-check-values',
          'Check the values that were entered, and that no proxy answers for AWS',
        ),
      };
}

/**
 * AWS names who lacks what: `User: <arn> is not authorized to perform:
 * <action> on resource: <arn> …`.
 */
function missingPermission(
  could: string,
  call: AwsCall,
  message: string,
  status: number | undefined,
): RegistryError {
  const action =
    /is not authorized to perform: ([A-Za-z0-9-]+:[A-Za-z0-9*]+)/.exec(
      message,
    )?.[1] ?? call.action;
  const who = /^User: (arn:[^\s]+) /.exec(message)?.[1];
  const resource = /on resource: (arn:[^\s]+)/.exec(message)?.[1];
  const place = resource ? ` on ${resource}` : '';
  return new RegistryError(
    'forbidden',
    `${could}: ${who ?? 'the identity'} lacks the IAM action ${action}${place}`,
    {
      status,
      hint:
        action === 'sts:AssumeRole'
          ? advise(
              'aws-trust-policy',
              'Let the trust policy of the role name this identity (and the External ID), and allow it sts:AssumeRole on the role',
            )
          : attachPolicy(action, readOnlyPolicy(call)),
    },
  );
}

function attachPolicy(action: string, policy: string): Reason {
  return advise(
    'aws-attach-policy',
    `Attach a policy that allows ${action}, for example ${policy}`,
    { action, policy },
  );
}

/** Policies of AWS itself; the public one holds sts:GetServiceBearerToken, too. */
function readOnlyPolicy({ action }: AwsCall): string {
  return action.startsWith('ecr-public:')
    ? 'AmazonElasticContainerRegistryPublicReadOnly'
    : 'AmazonEC2ContainerRegistryReadOnly';
}

function isAbort(error: unknown): boolean {
  return error instanceof Error && error.name === 'AbortError';
}
