import {
  CharacterSet,
  characterOf,
  noCharacter,
  overlap,
  sourceOf,
} from './CharacterSet';

/** An expression of the part of RE2's syntax that is read here. */
export type Expression =
  | { kind: 'set'; set: CharacterSet }
  | { kind: 'sequence'; parts: Expression[] }
  | { kind: 'choice'; branches: Expression[] }
  | { kind: 'repeat'; body: Expression; least: number; most: number }
  | { kind: 'group'; body: Expression };

/** Whether an expression matches the empty text. */
export function isNullable(expression: Expression): boolean {
  switch (expression.kind) {
    case 'set':
      return false;
    case 'sequence':
      return expression.parts.every(isNullable);
    case 'choice':
      return expression.branches.some(isNullable);
    case 'repeat':
      return expression.least === 0 || isNullable(expression.body);
    default:
      return isNullable(expression.body);
  }
}

/** Characters that a match can begin with. */
export function firstOf(expression: Expression): CharacterSet {
  switch (expression.kind) {
    case 'set':
      return expression.set;
    case 'sequence':
      return firstOfSequence(expression.parts, noCharacter);
    case 'choice':
      return expression.branches.map(firstOf).reduce(union, noCharacter);
    case 'repeat':
      return expression.most === 0 ? noCharacter : firstOf(expression.body);
    default:
      return firstOf(expression.body);
  }
}

/** Characters that a sequence can begin with, before what follows it. */
function firstOfSequence(
  parts: readonly Expression[],
  follow: CharacterSet,
): CharacterSet {
  let first = noCharacter;
  for (const part of parts) {
    first |= firstOf(part);
    if (!isNullable(part)) {
      return first;
    }
  }
  return first | follow;
}

function union(a: CharacterSet, b: CharacterSet): CharacterSet {
  return a | b;
}

/**
 * Whether the next character always tells which way to go: then there is one
 * way at most to match a text, so greedy and lazy are the same, and an engine
 * that backtracks needs linear time: each wrong way ends at its first
 * character. Bodies of repetitions must not match the empty text.
 *
 * @param follow - characters that may come after the expression
 */
export function isDeterministic(
  expression: Expression,
  follow: CharacterSet = noCharacter,
): boolean {
  switch (expression.kind) {
    case 'set':
      return true;
    case 'sequence':
      return expression.parts.every((part, index) =>
        isDeterministic(
          part,
          firstOfSequence(expression.parts.slice(index + 1), follow),
        ),
      );
    case 'choice':
      return isDeterministicChoice(expression.branches, follow);
    case 'repeat':
      return isDeterministicRepeat(expression, follow);
    default:
      return isDeterministic(expression.body, follow);
  }
}

function isDeterministicChoice(
  branches: readonly Expression[],
  follow: CharacterSet,
): boolean {
  let taken = noCharacter;
  for (const branch of branches) {
    const first = isNullable(branch)
      ? firstOf(branch) | follow
      : firstOf(branch);
    if (overlap(taken, first) || !isDeterministic(branch, follow)) {
      return false;
    }
    taken |= first;
  }
  // Two empty branches are one too many, also at the end of the text.
  return branches.filter(isNullable).length <= 1;
}

function isDeterministicRepeat(
  { body, least, most }: Extract<Expression, { kind: 'repeat' }>,
  follow: CharacterSet,
): boolean {
  const again = firstOf(body);
  return (
    !isNullable(body) &&
    (least === most || !overlap(again, follow)) &&
    isDeterministic(body, most > 1 ? again | follow : follow)
  );
}

/** Whether a group is repeated: engines differ in what it holds then. */
export function repeatsGroup(expression: Expression, inside = false): boolean {
  switch (expression.kind) {
    case 'set':
      return false;
    case 'sequence':
      return expression.parts.some(part => repeatsGroup(part, inside));
    case 'choice':
      return expression.branches.some(branch => repeatsGroup(branch, inside));
    case 'repeat':
      return repeatsGroup(expression.body, inside || expression.most > 1);
    default:
      return inside || repeatsGroup(expression.body, inside);
  }
}

/** Characters that the expression names, repetitions written out. */
export function sizeOf(expression: Expression): number {
  switch (expression.kind) {
    case 'set':
      return 1;
    case 'sequence':
      return expression.parts.map(sizeOf).reduce(sum, 0);
    case 'choice':
      return expression.branches.map(sizeOf).reduce(sum, 0);
    case 'repeat': {
      const { body, least, most } = expression;
      return sizeOf(body) * (most === Infinity ? least + 1 : most);
    }
    default:
      return sizeOf(expression.body);
  }
}

function sum(a: number, b: number): number {
  return a + b;
}

/** A short text that the expression matches. */
export function sampleOf(expression: Expression): string {
  switch (expression.kind) {
    case 'set':
      return characterOf(expression.set);
    case 'sequence':
      return expression.parts.map(sampleOf).join('');
    case 'choice':
      return sampleOf(expression.branches[0]);
    case 'repeat':
      return sampleOf(expression.body).repeat(expression.least);
    default:
      return sampleOf(expression.body);
  }
}

/** The expression in the syntax of this language. */
export function nativeSource(expression: Expression): string {
  switch (expression.kind) {
    case 'set':
      return sourceOf(expression.set);
    case 'sequence':
      return expression.parts.map(nativeSource).join('');
    case 'choice':
      return `(?:${expression.branches.map(nativeSource).join('|')})`;
    case 'repeat': {
      const { body, least, most } = expression;
      const count = `{${least},${most === Infinity ? '' : most}}`;
      return `(?:${nativeSource(body)})${count}`;
    }
    default:
      return `(${nativeSource(expression.body)})`;
  }
}
