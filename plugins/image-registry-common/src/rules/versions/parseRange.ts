import { InvalidRuleError } from '../InvalidRuleError';
import {
  boundsOf,
  hyphenBounds,
  PartialVersion,
  RangeOperator,
} from './rangeBounds';
import { ruleReasons } from '../reasons';
import { ComparatorSet } from './VersionRange';

const operators: Readonly<Record<string, RangeOperator>> = {
  '=': '=',
  '==': '=',
  '!=': '!=',
  '<': '<',
  '<=': '<=',
  '=<': '<=',
  '>': '>',
  '>=': '>=',
  '=>': '>=',
  '~': '~',
  '~>': '~',
  '^': '^',
};

class RangeReader {
  private at = 0;

  constructor(
    private readonly text: string,
    private readonly prereleases: boolean,
  ) {}

  readAlternatives(): ComparatorSet[] {
    const sets = [this.readSet()];
    while (this.take(/\|\|/y)) {
      sets.push(this.readSet());
    }
    if (this.at < this.text.length) {
      throw this.fail(`"${this.text[this.at]}" is not expected here`);
    }
    return sets;
  }

  /** Comparators joined by spaces or commas, up to `||` or the end. */
  private readSet(): ComparatorSet {
    const set: ComparatorSet = { comparators: [], excluded: [] };
    this.take(/\s*/y);
    do {
      this.readComparator(set);
    } while (this.readSeparator());
    return set;
  }

  /** Whether another comparator follows. */
  private readSeparator(): boolean {
    const separator = this.take(/\s*,?\s*/y) ?? '';
    const next = this.text[this.at];
    if (separator.includes(',')) {
      return true;
    }
    if (next === undefined || next === '|') {
      return false;
    }
    if (separator === '' && !/[=!<>~^]/.test(next)) {
      throw this.fail(`"${next}" is not expected here`);
    }
    return true;
  }

  private readComparator(set: ComparatorSet): void {
    const start = this.at;
    const written = this.take(/[=!<>~^]+/y) ?? '';
    const operator: RangeOperator | undefined =
      written === '' ? '' : operators[written];
    if (operator === undefined) {
      throw this.fail(`"${written}" is not an operator`, start);
    }
    this.take(/\s*/y);
    const from = this.readPartial();
    if (operator === '' && this.take(/\s+-\s+/y) !== undefined) {
      const to = this.readPartial();
      set.comparators.push(...hyphenBounds(from, to, this.prereleases));
      return;
    }
    const bounds = boundsOf(operator, from, this.prereleases);
    if (operator === '!=') {
      set.excluded.push(bounds);
    } else {
      set.comparators.push(...bounds);
    }
  }

  private readPartial(): PartialVersion {
    this.take(/[vV]/y);
    const major = this.readNumber();
    const minor = this.take(/\./y) && this.readNumber();
    const patch = minor && this.take(/\./y) && this.readNumber();
    const prerelease = this.readPrerelease(patch);
    // Build metadata has no order and cannot occur in a tag.
    this.take(/\+[0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*/y);
    return {
      ...(isNumber(major) && { major }),
      ...(isNumber(major) && isNumber(minor) && { minor }),
      ...(isNumber(minor) && isNumber(patch) && { patch }),
      ...(isNumber(patch) && prerelease !== undefined && { prerelease }),
    };
  }

  /** Digits, or `x` for any number; after an `x` only `x` may follow. */
  private readNumber(): string {
    const start = this.at;
    const number = this.take(/[0-9]+|[xX*]/y);
    if (number === undefined) {
      throw this.fail('a version is expected here');
    }
    if (/^0[0-9]/.test(number)) {
      throw this.fail(`"${number}" has a leading zero`, start);
    }
    if (isNumber(number) && /[xX*]\.$/.test(this.text.slice(0, start))) {
      throw this.fail(`"${number}" cannot follow a placeholder`, start);
    }
    return number;
  }

  private readPrerelease(patch: string | undefined): string | undefined {
    const start = this.at;
    const written = this.take(/-[0-9A-Za-z.-]+/y);
    if (written === undefined) {
      return undefined;
    }
    if (!isNumber(patch)) {
      throw this.fail(
        'a prerelease needs three numbers before it; to take all prereleases, switch them on for the rule',
        start,
      );
    }
    const prerelease = written.slice(1);
    for (const identifier of prerelease.split('.')) {
      if (identifier === '' || /^0[0-9]+$/.test(identifier)) {
        throw this.fail(`"${written}" is not a prerelease`, start);
      }
    }
    return prerelease;
  }

  /** What a sticky expression matches here, and steps behind it. */
  private take(expression: RegExp): string | undefined {
    expression.lastIndex = this.at;
    const match = expression.exec(this.text);
    if (!match) {
      return undefined;
    }
    this.at += match[0].length;
    return match[0];
  }

  private fail(problem: string, position: number = this.at): InvalidRuleError {
    return new InvalidRuleError(
      'range',
      ruleReasons.invalidRange(problem),
      position,
    );
  }
}

/**
 * Reads a range of versions: npm's grammar, with Masterminds' spellings (a
 * comma for and, `!=`, `=>`, `=<`). What npm leaves to guessing is refused:
 * an empty alternative, or a prerelease behind less than three numbers.
 *
 * @throws InvalidRuleError with the place where reading stopped
 */
export function parseRange(
  text: string,
  prereleases: boolean,
): ComparatorSet[] {
  return new RangeReader(text, prereleases).readAlternatives();
}

function isNumber(part: string | undefined): part is string {
  return part !== undefined && /^[0-9]/.test(part);
}
