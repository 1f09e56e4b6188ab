import { RegistryErrorCode } from '@slipway/backstage-plugin-image-registry-node';
import { VendorFaultInput } from '@slipway/sandbox';

/** An answer that every operation may get instead of the one it asked for. */
export interface StatusRow {
  name: string;
  effect: VendorFaultInput['effect'];
  codes: readonly RegistryErrorCode[];
  cause?: RegExp;
  retryAfterMs?: number;
  /** Spoils the body, which the answer to a HEAD does not have. */
  needsBody?: true;
}

export const statusRows: readonly StatusRow[] = [
  {
    name: '401',
    effect: { kind: 'status', status: 401 },
    codes: ['unauthenticated'],
  },
  {
    name: '403',
    effect: { kind: 'status', status: 403 },
    codes: ['forbidden'],
  },
  {
    name: '429 with Retry-After',
    effect: { kind: 'status', status: 429, retryAfter: 7 },
    codes: ['rate-limited'],
    cause: /429|limit|throttl|too many/i,
    retryAfterMs: 7_000,
  },
  {
    name: '500',
    effect: { kind: 'status', status: 500 },
    codes: ['server-error'],
    cause: /500/,
  },
  {
    name: '503',
    effect: { kind: 'status', status: 503 },
    codes: ['server-error'],
    cause: /503/,
  },
  {
    name: 'the page of a proxy, with 502',
    effect: { kind: 'html', status: 502 },
    codes: ['server-error'],
    cause: /502|html/i,
  },
  {
    name: 'HTML instead of JSON',
    effect: { kind: 'html' },
    codes: ['invalid-response'],
    cause: /html/i,
  },
  {
    name: 'truncated JSON',
    effect: { kind: 'truncated-json' },
    codes: ['invalid-response'],
    needsBody: true,
  },
  {
    name: 'no answer',
    effect: { kind: 'hang' },
    codes: ['timeout'],
    cause: /in time/,
  },
  {
    name: 'a connection that is cut',
    effect: { kind: 'reset' },
    codes: ['unreachable'],
  },
  {
    name: 'an answer that is cut',
    effect: { kind: 'reset', when: 'body' },
    codes: ['unreachable', 'invalid-response'],
    needsBody: true,
  },
];

export const certificateRows = [
  {
    name: 'a certificate of an unknown authority',
    problem: 'untrusted',
    cause: /authority/,
  },
  { name: 'an expired certificate', problem: 'expired', cause: /expired/ },
  {
    name: 'a certificate for another name',
    problem: 'wrong-name',
    cause: /another name/,
  },
] as const;
