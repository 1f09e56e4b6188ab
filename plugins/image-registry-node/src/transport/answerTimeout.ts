/** Codes of errors by what of an answer did not come in time. */
export const answerTimeoutCodes = {
  headers: 'ERR_ANSWER_HEADERS_TIMEOUT',
  body: 'ERR_ANSWER_BODY_TIMEOUT',
} as const;

export function answerTimeout(part: keyof typeof answerTimeoutCodes): Error {
  return Object.assign(new Error(`The ${part} did not come in time`), {
    code: answerTimeoutCodes[part],
  });
}
