import {
  CharacterSet,
  complement,
  ignoringCase,
  namedSets,
  noCharacter,
  notNewline,
  range,
  single,
} from './CharacterSet';
import { Expression } from './Expression';

/** An expression with the names of its groups. */
export interface ReadExpression {
  expression: Expression;
  /** By their number less one; undefined: no name. */
  groups: readonly (string | undefined)[];
}

/** RE2's own limit. */
const mostRepeats = 1000;

/** Thrown inside of the reader only. */
class BeyondError extends Error {}

class ExpressionReader {
  private at = 0;
  private ignoreCase = false;
  private readonly groups: (string | undefined)[] = [];

  constructor(private readonly pattern: string) {}

  read(): ReadExpression {
    const flags = this.take(/\(\?([is]+)\)/y);
    this.ignoreCase = flags?.includes('i') ?? false;
    const expression = this.readChoice(true, 1);
    if (this.at < this.pattern.length) {
      throw new BeyondError();
    }
    const names = this.groups.filter(name => name !== undefined);
    if (new Set(names).size < names.length) {
      throw new BeyondError();
    }
    return { expression, groups: this.groups };
  }

  /** @param repeats - how often what surrounds it is repeated at most */
  private readChoice(outermost: boolean, repeats: number): Expression {
    const branches = [this.readSequence(outermost, repeats)];
    while (this.take(/\|/y)) {
      branches.push(this.readSequence(outermost, repeats));
    }
    return branches.length === 1 ? branches[0] : { kind: 'choice', branches };
  }

  /** Where a whole tag is matched, anchors at the very ends say nothing. */
  private readSequence(outermost: boolean, repeats: number): Expression {
    const parts: Expression[] = [];
    if (outermost) {
      this.take(/\^|\\A/y);
    }
    while (this.at < this.pattern.length && !/[|)]/.test(this.next())) {
      if (outermost && this.take(/(?:\$|\\z)(?=\||$)/y)) {
        break;
      }
      parts.push(this.readRepeat(repeats));
    }
    return parts.length === 1 ? parts[0] : { kind: 'sequence', parts };
  }

  private readRepeat(repeats: number): Expression {
    const start = this.at;
    const groupsBefore = this.groups.length;
    let body = this.readAtom(repeats);
    const counts = this.readCounts();
    if (!counts) {
      return body;
    }
    const [least, most] = counts;
    const times = most === Infinity ? Math.max(least, 1) : Math.max(most, 1);
    if (times * repeats > mostRepeats || /[*+?{]/.test(this.next())) {
      throw new BeyondError();
    }
    if (times > 1) {
      // Read again, now knowing how often: nested counts multiply.
      const end = this.at;
      this.at = start;
      this.groups.length = groupsBefore;
      body = this.readAtom(repeats * times);
      this.at = end;
    }
    return { kind: 'repeat', body, least, most };
  }

  private readCounts(): [number, number] | undefined {
    const written = this.take(/(?:[*+?]|\{[0-9]{1,4}(?:,[0-9]{0,4})?\})\??/y);
    if (written === undefined) {
      return undefined;
    }
    const counts = /^\{([0-9]+)(,?)([0-9]*)\}/.exec(written);
    if (!counts) {
      return [written[0] === '+' ? 1 : 0, written[0] === '?' ? 1 : Infinity];
    }
    const least = Number(counts[1]);
    const open = counts[2] === '' ? least : Infinity;
    const most = counts[3] === '' ? open : Number(counts[3]);
    if (most < least) {
      throw new BeyondError();
    }
    return [least, most];
  }

  private readAtom(repeats: number): Expression {
    const character = this.next();
    if (character === '(') {
      return this.readGroup(repeats);
    }
    if (character === '[') {
      return this.setOf(this.readClass());
    }
    if (character === '.') {
      this.at++;
      return { kind: 'set', set: notNewline };
    }
    if (character === '\\') {
      return this.setOf(this.readEscape());
    }
    if (!/[0-9A-Za-z_\-/:;,=!@#%&~"'<> ]/.test(character)) {
      throw new BeyondError();
    }
    this.at++;
    return this.setOf(single(character.charCodeAt(0)));
  }

  private readGroup(repeats: number): Expression {
    if (this.take(/\(\?:/y)) {
      const body = this.readChoice(false, repeats);
      this.expect(')');
      return { kind: 'sequence', parts: [body] };
    }
    const named = this.take(/\(\?P?<[A-Za-z_][A-Za-z0-9_]*>/y);
    if (named === undefined) {
      this.expect('(');
    }
    this.groups.push(named?.replace(/^\(\?P?<|>$/g, ''));
    const body = this.readChoice(false, repeats);
    this.expect(')');
    return { kind: 'group', body };
  }

  private readEscape(): CharacterSet {
    const escaped = this.take(/\\(?:[dDwW]|[.\-_+*?()[\]{}|^$\\/:])/y);
    if (escaped === undefined) {
      throw new BeyondError();
    }
    const [, character] = escaped;
    return namedSets[character] ?? single(character.charCodeAt(0));
  }

  private readClass(): CharacterSet {
    this.expect('[');
    const negated = this.take(/\^/y) !== undefined;
    let set = noCharacter;
    if (this.take(/-/y)) {
      set |= single('-'.charCodeAt(0));
    }
    while (this.next() !== ']') {
      set |= this.readClassItem();
    }
    this.expect(']');
    if (set === noCharacter) {
      throw new BeyondError();
    }
    return negated ? complement(this.cased(set)) : set;
  }

  private readClassItem(): CharacterSet {
    const span = this.take(/[0-9A-Za-z_.]-[0-9A-Za-z_.]/y);
    if (span !== undefined) {
      const [from, to] = [span.charCodeAt(0), span.charCodeAt(2)];
      if (from > to || this.next() === '-') {
        throw new BeyondError();
      }
      return range(from, to);
    }
    if (this.next() === '\\') {
      const set = this.readEscape();
      if (this.next() === '-' && !this.pattern.startsWith('-]', this.at)) {
        throw new BeyondError();
      }
      return set;
    }
    const character = this.take(/[0-9A-Za-z_.]|-(?=\])/y);
    if (character === undefined || character.length !== 1) {
      throw new BeyondError();
    }
    return single(character.charCodeAt(0));
  }

  private setOf(set: CharacterSet): Expression {
    return { kind: 'set', set: this.cased(set) };
  }

  private cased(set: CharacterSet): CharacterSet {
    return this.ignoreCase ? ignoringCase(set) : set;
  }

  private next(): string {
    return this.pattern.charAt(this.at);
  }

  private expect(character: string): void {
    if (this.next() !== character) {
      throw new BeyondError();
    }
    this.at++;
  }

  /** What a sticky expression matches here, and steps behind it. */
  private take(expression: RegExp): string | undefined {
    expression.lastIndex = this.at;
    const match = expression.exec(this.pattern);
    if (!match) {
      return undefined;
    }
    this.at += match[0].length;
    return match[0];
  }
}

/**
 * Reads what most people write: characters, classes, groups, alternatives,
 * counts. It is far from all of RE2's syntax, but what it reads means the same
 * in RE2 wherever a whole tag is matched.
 *
 * @returns undefined for all else, also for what is no expression
 */
export function readExpression(pattern: string): ReadExpression | undefined {
  try {
    return new ExpressionReader(pattern).read();
  } catch (error) {
    if (error instanceof BeyondError) {
      return undefined;
    }
    throw error;
  }
}
