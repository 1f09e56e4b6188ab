import { Reason } from '@slipway/backstage-plugin-image-registry-common';
import {
  advise,
  quotedAnswer,
  RegistryError,
  RegistryErrorCode,
  RegistryHttpResponse,
  remedies,
  secretsOf,
  statusError,
} from '@slipway/backstage-plugin-image-registry-node';
import { AccessKeys } from '../signing';
import { TITLE } from '../title';
import type { HuaweiCall } from './HuaweiApi';

/** What an answer says about why a call failed. */
export interface HuaweiFailure {
  /** Such as `APIGW.0301` or `SVCSTG.SWR.4030024`. */
  code?: string;
  message?: string;
}

/** Only the sentence tells, the code is that of every wrong signature. */
const CLOCK = /expired|x-sdk-date|timestamp|time (is )?(out|off)|request date/i;

/** Codes of the gateway in front of all APIs. */
const gatewayCodes = new Map(
  Object.entries<RegistryErrorCode>({
    'APIGW.0101': 'not-found',
    'APIGW.0301': 'unauthenticated',
    'APIGW.0302': 'forbidden',
    'APIGW.0303': 'forbidden',
    'APIGW.0306': 'forbidden',
    'APIGW.0307': 'unauthenticated',
    'APIGW.0308': 'rate-limited',
  }),
);

const statusCodes: Readonly<Record<number, RegistryErrorCode>> = {
  401: 'unauthenticated',
  403: 'forbidden',
  404: 'not-found',
};

/** Reads a failure of the gateway, of SWR, or of IAM: each writes its own. */
export function toFailure({ body }: RegistryHttpResponse): HuaweiFailure {
  const fields = objectOf(parse(body));
  const first = objectOf(
    Array.isArray(fields.errors) ? fields.errors[0] : fields.error ?? fields,
  );
  return {
    code:
      textOf(first.errorCode) ?? textOf(first.error_code) ?? textOf(first.code),
    message:
      textOf(first.errorMessage) ??
      textOf(first.error_msg) ??
      textOf(first.message),
  };
}

function parse(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'));
  } catch {
    return undefined;
  }
}

function objectOf(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null
    ? (value as Record<string, unknown>)
    : {};
}

function textOf(value: unknown): string | undefined {
  return (typeof value === 'string' && value !== '') ||
    typeof value === 'number'
    ? String(value)
    : undefined;
}

/** Puts a failure into a sentence that names cause and remedy. */
export function toHuaweiError(
  failure: HuaweiFailure,
  response: RegistryHttpResponse,
  {
    body,
    operation,
    permission,
  }: Pick<HuaweiCall, 'body' | 'operation' | 'permission'>,
  keys: AccessKeys,
): RegistryError {
  const url = new URL(response.url);
  const secrets = [
    keys.secretKey,
    ...secretsOf({ body: JSON.stringify(body) }),
  ];
  if (failure.code === undefined) {
    return statusError(response, { operation, url, title: TITLE }, secrets);
  }
  const code =
    gatewayCodes.get(failure.code) ??
    statusCodes[response.status] ??
    'invalid-response';
  const { because, hint } = explain(code, failure, permission, secrets);
  return new RegistryError(
    code,
    `${TITLE}: could not ${operation} at ${url.host}: ${because}`,
    { hint, status: response.status },
  );
}

function explain(
  code: RegistryErrorCode,
  { code: said, message }: HuaweiFailure,
  permission: string,
  secrets: string[],
): { because: string; hint: Reason } {
  if (code === 'unauthenticated' && CLOCK.test(message ?? '')) {
    return {
      because: `the clock of this machine is off (${said})`,
      hint: remedies.setClock(15),
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
        because: `it does not accept the access key (${said})`,
        hint: advise(
          'huawei-check-key',
          'Check Access Key and Secret Key in the console under My Credentials › Access Keys, and that the key is enabled',
        ),
      };
    case 'forbidden':
      return {
        because: `the IAM user lacks ${permission} (${said})`,
        hint: advise(
          'huawei-grant',
          `In IAM grant the action ${permission} to the user of the access key; in the basic edition also the permission to read the organization`,
          { action: permission },
        ),
      };
    case 'not-found':
      return {
        because: `there is no such thing (${said})`,
        hint: advise(
          'huawei-spell-name',
          'Check the spelling; repositories are organization/name',
        ),
      };
    default:
      return {
        because: `it answered ${said}${quotedAnswer(message, secrets)}`,
        hint: remedies.checkSettings,
      };
  }
}
