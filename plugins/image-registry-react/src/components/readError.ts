import { ResponseError } from '@backstage/errors';
import {
  Reason,
  reasonSchema,
} from '@slipway/backstage-plugin-image-registry-common';

/** What an error tells beside its English sentence. */
export interface ErrorReasons {
  /** Class of the error where it was thrown. */
  name: string;
  reason?: Reason;
  /** What to do about it. */
  remedy?: Reason;
  /** Wrong values, by the path of their field. */
  problems: Array<{ path: string; reason: Reason }>;
}

/** Reads what a backend put into its answer, or code of the page itself threw. */
export function readError(error: Error): ErrorReasons {
  const thrown: Error & {
    reason?: unknown;
    remedy?: unknown;
    problems?: unknown;
  } =
    error.name === 'ResponseError'
      ? (error as ResponseError).cause ?? error
      : error;
  const problems: unknown[] = Array.isArray(thrown.problems)
    ? thrown.problems
    : [];
  return {
    name: thrown.name,
    reason: reasonOf(thrown.reason),
    remedy: reasonOf(thrown.remedy),
    problems: problems.flatMap(problemOf),
  };
}

function problemOf(value: unknown): ErrorReasons['problems'] {
  const { path, reason } = Object(value);
  const read = reasonOf(reason);
  return read && typeof path === 'string' ? [{ path, reason: read }] : [];
}

function reasonOf(value: unknown): Reason | undefined {
  const read = reasonSchema.safeParse(value);
  return read.success ? read.data : undefined;
}
