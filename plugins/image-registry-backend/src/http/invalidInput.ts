import { InputError } from '@backstage/errors';
import { Reason } from '@slipway/backstage-plugin-image-registry-common';
import { because } from '@slipway/backstage-plugin-image-registry-node';

/** What is wrong with one value. */
export interface FieldProblem {
  /** Of the field in the body or query: `credentials.password`; empty: of all. */
  path: string;
  reason: Reason;
}

/** A field that nothing reads: a typing mistake, or another kind's. */
export function unknownField(path: string): FieldProblem {
  return { path, reason: because('field-unknown', 'unknown field') };
}

/** A field that has to be filled in. */
export function neededField(path: string): FieldProblem {
  return { path, reason: because('field-needed', 'is needed') };
}

/**
 * The refusal of an input, which names each wrong field: in English, and for
 * pages that translate. Never made of a value that may be a secret.
 */
export function invalidInput(
  what: 'body' | 'query',
  problems: readonly FieldProblem[],
): InputError {
  const sentences = problems.map(sentenceOf).join('; ');
  return Object.assign(new InputError(`Invalid ${what}: ${sentences}`), {
    problems,
  });
}

/** The refusal of one field of a body. */
export function invalidField(path: string, reason: Reason): InputError {
  return invalidInput('body', [{ path, reason }]);
}

function sentenceOf({ path, reason }: FieldProblem): string {
  if (reason.code === 'field-unknown') {
    return `${reason.message} ${path}`;
  }
  return path ? `${path}: ${reason.message}` : reason.message;
}
