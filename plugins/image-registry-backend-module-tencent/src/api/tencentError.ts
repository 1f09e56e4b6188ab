import { Reason } from '@slipway/backstage-plugin-image-registry-common';
import {
  advise,
  quotedAnswer,
  RegistryError,
  RegistryErrorCode,
  RegistryHttpResponse,
  remedies,
  secretsOf,
} from '@slipway/backstage-plugin-image-registry-node';
import { ApiKey } from '../signing';
import { TITLE } from '../title';
import type { TencentCall } from './TencentApi';

/** `Response.Error` of an answer. */
export interface TencentFailure {
  Code?: unknown;
  Message?: unknown;
}

const CLOCK = /^AuthFailure\.SignatureExpire/;

/** By code, the more special before the more general. */
const codes: ReadonlyArray<[RegExp, RegistryErrorCode]> = [
  [/^RequestLimitExceeded/, 'rate-limited'],
  [/^(AuthFailure\.)?UnauthorizedOperation/, 'forbidden'],
  [/^AuthFailure/, 'unauthenticated'],
  [/^ResourceNotFound|NotFound$|NotExist/, 'not-found'],
  [/^(InternalError|FailedOperation)/, 'server-error'],
  [/^(UnsupportedRegion|UnsupportedOperation|UnknownParameter)/, 'unsupported'],
];

/** Puts a failure into a sentence that names cause and remedy. */
export function toTencentError(
  failure: TencentFailure,
  response: RegistryHttpResponse,
  {
    action,
    operation,
    parameters,
  }: Pick<TencentCall, 'action' | 'operation' | 'parameters'>,
  key: ApiKey,
): RegistryError {
  const secrets = [
    key.secretKey,
    ...secretsOf({ body: JSON.stringify(parameters) }),
  ];
  const said = typeof failure.Code === 'string' ? failure.Code : 'an error';
  const code =
    codes.find(([pattern]) => pattern.test(said))?.[1] ?? 'invalid-response';
  const { because, hint } = explain(code, said, action, failure, secrets);
  return new RegistryError(
    code,
    `${TITLE}: could not ${operation} at ${
      new URL(response.url).host
    }: ${because}`,
    { hint, status: response.status },
  );
}

function explain(
  code: RegistryErrorCode,
  said: string,
  action: string,
  { Message: message }: TencentFailure,
  secrets: string[],
): { because: string; hint: Reason } {
  if (CLOCK.test(said)) {
    return {
      because: `the clock of this machine is off (${said})`,
      hint: remedies.setClock(5),
    };
  }
  switch (code) {
    case 'rate-limited':
      return {
        because: `it answered ${said}: too many requests`,
        hint: remedies.waitForLimit,
      };
    case 'unauthenticated':
      return {
        because: `it does not accept the API key (${said})`,
        hint: advise(
          'tencent-check-key',
          'Check SecretId and SecretKey in the console under Access Management › API Keys, and that the key is enabled',
        ),
      };
    case 'forbidden':
      return {
        because: `the user of the API key lacks tcr:${action} (${said})`,
        hint: advise(
          'tencent-grant',
          `In Cloud Access Management (CAM) grant the action tcr:${action} to the user of the key`,
          { action: `tcr:${action}` },
        ),
      };
    case 'not-found':
      return {
        because: `there is no such thing (${said})`,
        hint: remedies.spellNamespaceName,
      };
    case 'server-error':
      return { because: `it answered ${said}`, hint: remedies.tryLater };
    default:
      return {
        because: `it answered ${said}${quotedAnswer(message, secrets)}`,
        hint: remedies.checkSettings,
      };
  }
}
