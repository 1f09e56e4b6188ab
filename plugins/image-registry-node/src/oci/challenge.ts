/** One way to sign in that a server offers in `WWW-Authenticate`. */
export interface Challenge {
  /** Lower-case: `basic`, `bearer`, `negotiate`, … */
  scheme: string;
  /** Names in lower case. */
  parameters: Readonly<Record<string, string>>;
}

/** Says where a header stops making sense. */
export class InvalidChallengeError extends Error {
  constructor(what: string, at: number) {
    super(`WWW-Authenticate: ${what} at character ${at + 1}`);
    this.name = 'InvalidChallengeError';
  }
}

/** Everything that may be in an unquoted word; wider than RFC 9110's token. */
const wordCharacter = /[^\s,"=]/;

class Scanner {
  private position = 0;

  constructor(private readonly text: string) {}

  get done(): boolean {
    return this.position >= this.text.length;
  }

  peek(): string {
    return this.text.charAt(this.position);
  }

  skipSpace(): void {
    while (/\s/.test(this.peek())) {
      this.position += 1;
    }
  }

  skipSpaceAndCommas(): void {
    while (/[\s,]/.test(this.peek())) {
      this.position += 1;
    }
  }

  /** Takes the character when it comes next. */
  take(character: string): boolean {
    if (this.peek() !== character) {
      return false;
    }
    this.position += 1;
    return true;
  }

  /** A quoted or bare word. */
  word(): string {
    if (this.take('"')) {
      return this.restOfQuoted();
    }
    const start = this.position;
    while (wordCharacter.test(this.peek())) {
      this.position += 1;
    }
    if (start === this.position) {
      throw this.invalid('a word is missing');
    }
    return this.text.slice(start, this.position);
  }

  /** The padding of a token68, as in `Negotiate YII==`. */
  takePadding(): boolean {
    const padding = /^=+(?=\s*(,|$))/.exec(this.text.slice(this.position));
    this.position += padding?.[0].length ?? 0;
    return padding !== null;
  }

  mark(): number {
    return this.position;
  }

  reset(position: number): void {
    this.position = position;
  }

  invalid(what: string): InvalidChallengeError {
    return new InvalidChallengeError(what, this.position);
  }

  private restOfQuoted(): string {
    let value = '';
    while (!this.done) {
      let character = this.peek();
      this.position += 1;
      if (character === '"') {
        return value;
      }
      if (character === '\\') {
        if (this.done) {
          throw this.invalid('nothing follows the escape');
        }
        character = this.peek();
        this.position += 1;
      }
      value += character;
    }
    throw this.invalid('a quote is not closed');
  }
}

/** A parameter, unless a new challenge begins here. */
function readParameter(
  scanner: Scanner,
  isFirst: boolean,
): [string, string] | undefined {
  const start = scanner.mark();
  const name = scanner.word();
  if (isFirst && scanner.takePadding()) {
    return ['token68', name];
  }
  scanner.skipSpace();
  if (!scanner.take('=')) {
    scanner.reset(start);
    return undefined;
  }
  scanner.skipSpace();
  return [name.toLowerCase(), scanner.word()];
}

function readChallenge(scanner: Scanner): Challenge {
  const scheme = scanner.word().toLowerCase();
  const parameters: Record<string, string> = {};
  scanner.skipSpace();
  while (!scanner.done && scanner.peek() !== ',') {
    const isFirst = Object.keys(parameters).length === 0;
    const parameter = readParameter(scanner, isFirst);
    if (!parameter) {
      if (!isFirst) {
        // A new scheme follows the comma that was skipped below.
        break;
      }
      parameters.token68 = scanner.word();
    } else {
      const [name, value] = parameter;
      parameters[name] = value;
    }
    scanner.skipSpace();
    if (!scanner.done && scanner.peek() !== ',') {
      throw scanner.invalid('a comma is missing');
    }
    scanner.skipSpaceAndCommas();
  }
  return { scheme, parameters };
}

/**
 * Reads `WWW-Authenticate` (RFC 9110, 11.6.1), several headers joined by
 * commas included. Schemes and names are case-insensitive; values quoted or
 * bare.
 *
 * @throws InvalidChallengeError
 */
export function parseChallenges(header: string | undefined): Challenge[] {
  const scanner = new Scanner(header ?? '');
  const challenges: Challenge[] = [];
  scanner.skipSpaceAndCommas();
  while (!scanner.done) {
    challenges.push(readChallenge(scanner));
    scanner.skipSpaceAndCommas();
  }
  return challenges;
}
