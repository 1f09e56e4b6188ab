import { Readable } from 'node:stream';

/** What a vendor answers; the length is added, bodies of HEAD are dropped. */
export interface VendorAnswer {
  status: number;
  /** A list becomes several lines. */
  headers: Record<string, string | string[]>;
  body: Buffer | Readable;
}

/** What goes with a body. */
export interface AnswerOptions {
  /** 200 by default. */
  status?: number;
  headers?: Record<string, string | string[]>;
}

/** Answers with a value as JSON. */
export function jsonAnswer(
  value: unknown,
  { status = 200, headers }: AnswerOptions = {},
): VendorAnswer {
  return {
    status,
    headers: { 'Content-Type': 'application/json', ...headers },
    body: Buffer.from(JSON.stringify(value)),
  };
}

/** Answers with a text; `text/plain` unless the headers say otherwise. */
export function textAnswer(
  text: string,
  { status = 200, headers }: AnswerOptions = {},
): VendorAnswer {
  return {
    status,
    headers: { 'Content-Type': 'text/plain; charset=utf-8', ...headers },
    body: Buffer.from(text),
  };
}

/** Answers without a body. */
export function emptyAnswer({
  status = 204,
  headers = {},
}: AnswerOptions = {}): VendorAnswer {
  return { status, headers, body: Buffer.alloc(0) };
}

/** A header by its name in any spelling; of several the first. */
export function headerOf(
  { headers }: VendorAnswer,
  name: string,
): string | undefined {
  const found = Object.entries(headers).find(
    ([each]) => each.toLowerCase() === name.toLowerCase(),
  )?.[1];
  return Array.isArray(found) ? found[0] : found;
}

/** The answer with a header set, whatever its spelling was before. */
export function withHeader(
  answer: VendorAnswer,
  name: string,
  value: string,
): VendorAnswer {
  const others = Object.entries(answer.headers).filter(
    ([each]) => each.toLowerCase() !== name.toLowerCase(),
  );
  return {
    ...answer,
    headers: { ...Object.fromEntries(others), [name]: value },
  };
}
