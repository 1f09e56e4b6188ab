import { Reason } from '@slipway/backstage-plugin-image-registry-common';
import { advise } from '../provider/advise';
import { remedies } from '../provider/remedies';
import { RegistryError, RegistryErrorCode } from '../provider/RegistryError';
import { retryAfterOf } from './backoff';
import { FailureContext } from './networkError';

/** An answer that is an error, as far as it was read. */
export interface FailedAnswer {
  status: number;
  headers: Readonly<Record<string, string>>;
  body: Buffer;
}

/** One entry of the registry's list of errors. */
export interface ReportedError {
  code?: string;
  message?: string;
}

const longestQuote = 300;

function codeOfStatus(status: number): RegistryErrorCode {
  switch (status) {
    case 401:
      return 'unauthenticated';
    case 403:
      return 'forbidden';
    case 404:
    case 410:
      return 'not-found';
    case 405:
    case 406:
    case 501:
      return 'unsupported';
    case 408:
    case 504:
      return 'timeout';
    case 429:
      return 'rate-limited';
    default:
      return status >= 500 ? 'server-error' : 'invalid-response';
  }
}

const hints: Partial<Record<RegistryErrorCode, Reason>> = {
  unauthenticated: remedies.checkLogin,
  'not-found': advise(
    'check-name',
    'Check the address and the spelling of the name',
  ),
  unsupported: advise(
    'check-kind',
    'Check that the address is that of a registry of this kind',
  ),
  'invalid-response': advise(
    'check-registry-proxy',
    'Check that the address is that of a registry, and that no proxy answers for it',
  ),
  forbidden: advise(
    'give-right',
    'Give the account the right to do this at the registry',
  ),
  'rate-limited': remedies.higherLimit,
  'server-error': advise(
    'check-log',
    'Try again later; if it stays, look into the log of the registry',
  ),
  timeout: remedies.tryLater,
};

function asReported(entry: unknown): ReportedError[] {
  if (typeof entry === 'string') {
    return [{ message: entry }];
  }
  if (typeof entry !== 'object' || entry === null) {
    return [];
  }
  const { code, message } = entry as Record<string, unknown>;
  return [
    {
      code: typeof code === 'string' ? code : undefined,
      message: typeof message === 'string' ? message : undefined,
    },
  ];
}

/**
 * Reads what a registry says about an error: the specification's list, or one
 * of the shapes that token services, Docker Hub and others answer with.
 */
export function reportedErrors(body: Buffer): ReportedError[] {
  let parsed: unknown;
  try {
    parsed = JSON.parse(body.toString('utf8'));
  } catch {
    return [];
  }
  if (typeof parsed !== 'object' || parsed === null) {
    return [];
  }
  const { errors, message, detail, details, error, error_description } =
    parsed as Record<string, unknown>;
  if (Array.isArray(errors)) {
    return errors.flatMap(asReported);
  }
  const text = [error_description, message, details, detail, error].find(
    candidate => typeof candidate === 'string',
  );
  return text === undefined ? [] : [{ message: text as string }];
}

function isHtml({ headers, body }: FailedAnswer): boolean {
  return (
    /html/i.test(headers['content-type'] ?? '') ||
    /^\s*<(!doctype|html)/i.test(body.toString('utf8', 0, 200))
  );
}

function htmlTitle(body: Buffer): string | undefined {
  return /<title[^>]*>([^<]{1,200})/i
    .exec(body.toString('utf8', 0, 8192))?.[1]
    .trim();
}

function singleLine(text: string): string {
  const flat = text.replace(/[\s\p{Cc}]+/gu, ' ').trim();
  return flat.length > longestQuote ? `${flat.slice(0, longestQuote)}…` : flat;
}

/** Removes what was sent as a secret from what came back. */
export function withoutSecrets(
  text: string,
  secrets: readonly string[],
): string {
  return secrets
    .filter(secret => secret.length >= 4)
    .reduce((clean, secret) => clean.replaceAll(secret, '[redacted]'), text);
}

function describe(answer: FailedAnswer): string {
  const reported = reportedErrors(answer.body)
    .map(({ code, message }) => [code, message].filter(Boolean).join(': '))
    .filter(Boolean);
  if (reported.length > 0) {
    return ` (${singleLine(reported.join('; '))})`;
  }
  if (isHtml(answer)) {
    const title = htmlTitle(answer.body);
    return title
      ? ` with an HTML page (${singleLine(title)})`
      : ' with an HTML page';
  }
  return '';
}

function isHttpToHttps({ status, body }: FailedAnswer): boolean {
  return (
    status === 400 &&
    /HTTP request (was sent )?to (an )?HTTPS (server|port)/i.test(
      body.toString('utf8', 0, 4096),
    )
  );
}

/**
 * Puts an answer that is an error into words.
 *
 * @param secrets - what must not be in the message although the server repeats it
 */
export function statusError(
  answer: FailedAnswer,
  { operation, url, title }: FailureContext,
  secrets: readonly string[] = [],
): RegistryError {
  const could = `${title}: could not ${operation} at ${url.host}`;
  if (isHttpToHttps(answer)) {
    return new RegistryError(
      'protocol-mismatch',
      `${could}: it speaks https on that port, not plain http`,
      {
        hint: advise('write-https', 'Write the address with https://'),
        status: answer.status,
      },
    );
  }
  const proxied = isHtml(answer) && [502, 503, 504].includes(answer.status);
  const code = codeOfStatus(answer.status);
  return new RegistryError(
    code,
    withoutSecrets(
      `${could}: it answered ${answer.status}${describe(answer)}`,
      secrets,
    ),
    {
      status: answer.status,
      hint: proxied
        ? advise(
            'proxy-answers',
            'A proxy in front of the registry answers for it; check that the registry behind it is running',
          )
        : hints[code],
      retryAfterMs: retryAfterOf(answer.headers),
    },
  );
}
