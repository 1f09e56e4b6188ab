import { buffer } from 'node:stream/consumers';
import {
  AnswerOptions,
  headerOf,
  jsonAnswer,
  textAnswer,
  VendorAnswer,
  withHeader,
} from '../VendorAnswer';
import { Stranger, STRANGER } from './Stranger';
import { ActiveFault } from './VendorFaults';
import { VendorFaultEffect } from './VendorFault';

const PROXY_PAGE =
  '<!doctype html><html><head><title>Sign in</title></head><body>Sign in to go on</body></html>';

/**
 * Answers in place of the vendor, so that nothing is changed there.
 *
 * @returns undefined when the vendor shall answer
 */
export function replacementOf(faults: ActiveFault[]): VendorAnswer | undefined {
  for (const { fault, firstAnswer } of faults) {
    const answer = firstAnswer ?? replacement(fault.effect);
    if (answer) {
      return answer;
    }
  }
  return undefined;
}

function replacement(effect: VendorFaultEffect): VendorAnswer | undefined {
  if (effect.kind === 'html') {
    return textAnswer(PROXY_PAGE, {
      status: effect.status,
      headers: { 'Content-Type': 'text/html; charset=utf-8' },
    });
  }
  if (effect.kind !== 'status') {
    return undefined;
  }
  const { body, headers, retryAfter, status } = effect;
  const options: AnswerOptions = {
    status,
    headers: {
      ...(retryAfter !== undefined && { 'Retry-After': String(retryAfter) }),
      ...headers,
    },
  };
  return body === undefined || typeof body === 'string'
    ? textAnswer(body ?? '', options)
    : jsonAnswer(body, options);
}

/** Spoils the answer of the vendor. */
export async function alter(
  faults: ActiveFault[],
  answer: VendorAnswer,
  context: { origin: string; stranger: Stranger },
): Promise<VendorAnswer> {
  if (faults.length === 0) {
    return answer;
  }
  let altered: VendorAnswer = { ...answer, body: await bytesOf(answer) };
  for (const each of faults) {
    altered = alterBy(each, altered, context);
  }
  return altered;
}

function alterBy(
  active: ActiveFault,
  answer: VendorAnswer,
  { origin, stranger }: { origin: string; stranger: Stranger },
): VendorAnswer {
  switch (active.fault.effect.kind) {
    case 'truncated-json': {
      const bytes = answer.body as Buffer;
      return { ...answer, body: bytes.subarray(0, bytes.length / 2) };
    }
    case 'repeated-page':
      active.firstAnswer = answer;
      return answer;
    case 'foreign-link':
      return withForeignLink(answer, origin);
    case 'foreign-realm':
      return withForeignRealm(answer);
    case 'foreign-redirect':
      return answer.status < 300 ? stranger.redirectTo(answer) : answer;
    default:
      return answer;
  }
}

/** In the header and in members of JSON that hold the next page's URL. */
function withForeignLink(answer: VendorAnswer, origin: string): VendorAnswer {
  const link = headerOf(answer, 'Link');
  const next = link
    ? link.replace(/<(?:https?:\/\/[^/>]+)?/, `<https://${STRANGER}`)
    : `<https://${STRANGER}/next>; rel="next"`;
  const body = (answer.body as Buffer)
    .toString('utf8')
    .replaceAll(`"${origin}/`, `"https://${STRANGER}/`);
  return { ...withHeader(answer, 'Link', next), body: Buffer.from(body) };
}

function withForeignRealm(answer: VendorAnswer): VendorAnswer {
  const realm = `realm="https://${STRANGER}/token"`;
  const challenge = headerOf(answer, 'WWW-Authenticate');
  return challenge === undefined
    ? answer
    : withHeader(
        answer,
        'WWW-Authenticate',
        /^bearer/i.test(challenge)
          ? challenge.replace(/realm="[^"]*"/, realm)
          : `Bearer ${realm},service="stranger"`,
      );
}

async function bytesOf({ body }: VendorAnswer): Promise<Buffer> {
  return Buffer.isBuffer(body) ? body : buffer(body);
}
