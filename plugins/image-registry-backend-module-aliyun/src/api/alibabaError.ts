import { Reason } from '@slipway/backstage-plugin-image-registry-common';
import {
  advise,
  quotedAnswer,
  RegistryError,
  RegistryErrorCode,
  RegistryHttpResponse,
  remedies,
  statusError,
} from '@slipway/backstage-plugin-image-registry-node';
import { AccessKeys } from '../signing';
import { TITLE } from '../title';
import type { AlibabaCall } from './AlibabaApi';
import { urlSecrets } from './urlSecrets';

/** What an answer says about why a call failed. */
export interface AlibabaFailure {
  /** Such as `Forbidden.RAM`; absent when the answer is none of the API's. */
  code?: string;
  message?: string;
  /** The RAM action that was refused, where the answer names it. */
  deniedAction?: string;
}

const CLOCK =
  /^(InvalidTimeStamp|InvalidTimestamp|IllegalTimestamp|RequestTimeTooSkewed)/i;
const THROTTLED = /^(Throttling|ServiceUnavailable$|.*ExceedLimit$)/i;
const KEYS =
  /^(InvalidAccessKey|InvalidSecurityToken|MissingSecurityToken|SignatureDoesNotMatch|IncompleteSignature|SignatureNonceUsed|InvalidSignature)/i;
const DENIED =
  /^(NoPermission|NoPrivilege|Forbidden|Unauthorized|AccessDenied)/i;
const ABSENT = /(_NOT_?EXISTS?|NotExist|NotFound|\.NotFound)$/i;
const BROKEN = /^(InternalError|SystemError|UnknownError|ServiceFailure)/i;

/** By code, the more special before the more general. */
const codes: ReadonlyArray<[RegExp, RegistryErrorCode]> = [
  [THROTTLED, 'rate-limited'],
  [CLOCK, 'unauthenticated'],
  [KEYS, 'unauthenticated'],
  [DENIED, 'forbidden'],
  [ABSENT, 'not-found'],
  [BROKEN, 'server-error'],
];

const statusCodes: Readonly<Record<number, RegistryErrorCode>> = {
  401: 'unauthenticated',
  403: 'forbidden',
  404: 'not-found',
};

function codeOf(code: string, status: number): RegistryErrorCode {
  return (
    codes.find(([pattern]) => pattern.test(code))?.[1] ??
    statusCodes[status] ??
    'invalid-response'
  );
}

/**
 * Reads a failure: of RPC operations, which may come with status 200, and of
 * ROA operations, which write their fields in lower case.
 *
 * @returns undefined when the call went well
 */
export function toFailure(
  response: RegistryHttpResponse,
): AlibabaFailure | undefined {
  const fields = fieldsOf(response);
  const code = textOf(fields.Code) ?? textOf(fields.code);
  const isRefused = fields.IsSuccess === false;
  if (response.status < 400 && !isRefused) {
    return undefined;
  }
  const detail = fields.AccessDeniedDetail;
  return {
    code,
    message: textOf(fields.Message) ?? textOf(fields.message),
    deniedAction:
      typeof detail === 'object' && detail !== null
        ? textOf((detail as Record<string, unknown>).AuthAction)
        : undefined,
  };
}

function fieldsOf(response: RegistryHttpResponse): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(response.body.toString('utf8'));
    return typeof value === 'object' && value !== null
      ? (value as Record<string, unknown>)
      : {};
  } catch {
    return {};
  }
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** Puts a failure into a sentence that names cause and remedy. */
export function toAlibabaError(
  failure: AlibabaFailure,
  response: RegistryHttpResponse,
  call: Pick<AlibabaCall, 'body' | 'operation' | 'permission' | 'query'>,
  keys: AccessKeys,
): RegistryError {
  const url = new URL(response.url);
  const secrets = [keys.accessKeySecret, ...urlSecrets(call)];
  if (failure.code === undefined) {
    return statusError(
      response,
      { operation: call.operation, url, title: TITLE },
      secrets,
    );
  }
  const code = codeOf(failure.code, response.status);
  const could = `${TITLE}: could not ${call.operation} at ${url.host}`;
  const { because, hint } = explain(code, failure, call, secrets);
  return new RegistryError(code, `${could}: ${because}`, {
    hint,
    status: response.status,
  });
}

function explain(
  code: RegistryErrorCode,
  failure: AlibabaFailure,
  { permission }: Pick<AlibabaCall, 'permission'>,
  secrets: string[],
): { because: string; hint: Reason } {
  const said = `it answered ${failure.code}`;
  if (CLOCK.test(failure.code ?? '')) {
    return {
      because: `the clock of this machine is off (${failure.code})`,
      hint: remedies.setClock(15),
    };
  }
  switch (code) {
    case 'rate-limited':
      return {
        because: `${said}: too many requests`,
        hint: remedies.waitForLimit,
      };
    case 'unauthenticated':
      return {
        because: `it does not accept the access key (${failure.code})`,
        hint: advise(
          'aliyun-check-key',
          'Check AccessKey ID and AccessKey Secret in the RAM console, and that the key is enabled. The Docker password belongs to the other way to sign in',
        ),
      };
    case 'forbidden': {
      const action = failure.deniedAction ?? permission;
      return {
        because: `the RAM user lacks ${action} (${failure.code})`,
        hint: advise(
          'aliyun-grant',
          `In the RAM console grant the action ${action} to the user of the access key`,
          { action },
        ),
      };
    }
    case 'not-found':
      return {
        because: `there is no such thing (${failure.code})`,
        hint: remedies.spellNamespaceName,
      };
    case 'server-error':
      return { because: said, hint: remedies.tryLater };
    default:
      return {
        because: `${said}${quotedAnswer(failure.message, secrets)}`,
        hint: remedies.checkSettings,
      };
  }
}
