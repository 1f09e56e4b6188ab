import { AnyObject, StringMap } from '../objects';
import { FieldError, badRequest } from '../status';

const BASE64 =
  /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;
const PULL_SECRET = 'kubernetes.io/dockerconfigjson';
const PULL_SECRET_KEY = '.dockerconfigjson';

/**
 * Rules of secrets, above all of pull secrets (recorded: 08).
 *
 * @throws StatusError 400 for data that is not base64
 */
export function validateSecret(secret: AnyObject): FieldError[] {
  const data = (secret.data ?? {}) as StringMap;
  for (const value of Object.values(data)) {
    if (!BASE64.test(value)) {
      throw badRequest(
        `Secret in version "v1" cannot be handled as a Secret: illegal base64 data at input byte ${firstIllegalByte(
          value,
        )}`,
      );
    }
  }
  const keyErrors = Object.keys(data)
    .filter(key => !/^[-._a-zA-Z0-9]+$/.test(key))
    .map(
      (key): FieldError => ({
        field: `data[${key}]`,
        type: 'Invalid',
        message: `Invalid value: ${JSON.stringify(
          key,
        )}: a valid config key must consist of alphanumeric characters, '-', '_' or '.' (e.g. 'key.name',  or 'KEY_NAME',  or 'key-name', regex used for validation is '[-._a-zA-Z0-9]+')`,
      }),
    );
  return secret.type === PULL_SECRET
    ? [...keyErrors, ...pullSecretErrors(data)]
    : keyErrors;
}

function firstIllegalByte(value: string): number {
  const index = value.search(/[^A-Za-z0-9+/=]/);
  return index < 0 ? value.length : index;
}

function pullSecretErrors(data: StringMap): FieldError[] {
  const field = `data[${PULL_SECRET_KEY}]`;
  const encoded = data[PULL_SECRET_KEY];
  if (encoded === undefined) {
    return [{ field, type: 'Required', message: 'Required value' }];
  }
  try {
    JSON.parse(Buffer.from(encoded, 'base64').toString());
    return [];
  } catch (error) {
    // The words of the parser differ from Go's; that it is redacted does not.
    return [
      {
        field,
        type: 'Invalid',
        message: `Invalid value: "<secret contents redacted>": ${
          error instanceof SyntaxError ? 'not valid JSON' : String(error)
        }`,
      },
    ];
  }
}
