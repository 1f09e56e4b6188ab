import { InputError } from '@backstage/errors';
import { WebhookRequest } from '../provider/WebhookFormat';
import { isoTime } from '../vendor/isoTime';

/**
 * Objects of a list that are read: one more than a call may hold events, so
 * that a longer list is refused without being read.
 */
const MAX_LIST = 1001;

/**
 * A JSON object that a registry sent, read without trust: a field that is
 * absent, of another type or written in another case is never an error.
 */
export class Payload {
  /** Read in place: a call holds many objects, of which little is asked. */
  readonly #object: Readonly<Record<string, unknown>>;

  /** @throws InputError when the body is no JSON object */
  static of(request: Pick<WebhookRequest, 'body'>): Payload {
    const value = parse(request.body.toString('utf8'));
    if (!isObject(value)) {
      throw new InputError('The body is not a JSON object');
    }
    return new Payload(value);
  }

  /**
   * For vendors that send one object or a list of them: the first 1001.
   * @throws InputError when the body is neither
   */
  static allOf(request: Pick<WebhookRequest, 'body'>): Payload[] {
    const value = parse(request.body.toString('utf8'));
    if (!isObject(value) && !Array.isArray(value)) {
      throw new InputError('The body is not a JSON object, nor a list of them');
    }
    return Payload.#ofObjects([value].flat());
  }

  /**
   * JSON inside a field, as queues wrap what they deliver.
   * @returns undefined when the text is no JSON object
   */
  static ofText(text: string): Payload | undefined {
    try {
      const value = parse(text);
      return isObject(value) ? new Payload(value) : undefined;
    } catch {
      return undefined;
    }
  }

  static #ofObjects(values: unknown[]): Payload[] {
    return values
      .filter(isObject)
      .slice(0, MAX_LIST)
      .map(value => new Payload(value));
  }

  private constructor(object: object) {
    this.#object = object as Record<string, unknown>;
  }

  has(name: string): boolean {
    return this.#spelling(name) !== undefined;
  }

  /** Whether a field is an object. */
  hasObject(name: string): boolean {
    return isObject(this.#field(name));
  }

  /** Text that is not empty. */
  text(name: string): string | undefined {
    const value = this.#field(name);
    return typeof value === 'string' && value !== '' ? value : undefined;
  }

  /** The first 1001 texts of a list that are not empty. */
  texts(name: string): string[] {
    const value = this.#field(name);
    return Array.isArray(value)
      ? value
          .filter(item => typeof item === 'string' && item !== '')
          .slice(0, MAX_LIST)
      : [];
  }

  /** A finite number. */
  number(name: string): number | undefined {
    const value = this.#field(name);
    return isNumber(value) ? value : undefined;
  }

  /** The values that are finite numbers, by their names in lower case. */
  numbers(): Record<string, number> {
    return Object.fromEntries(
      this.#entries().filter((entry): entry is [string, number] =>
        isNumber(entry[1]),
      ),
    );
  }

  /** An object; an empty one when there is none. */
  object(name: string): Payload {
    const value = this.#field(name);
    return new Payload(isObject(value) ? value : {});
  }

  /** The first 1001 objects of a list. */
  list(name: string): Payload[] {
    const value = this.#field(name);
    return Array.isArray(value) ? Payload.#ofObjects(value) : [];
  }

  /** The values that are objects, by their names in lower case. */
  entries(): Array<[string, Payload]> {
    return this.#entries().flatMap(
      ([name, value]): Array<[string, Payload]> =>
        isObject(value) ? [[name, new Payload(value)]] : [],
    );
  }

  /**
   * An instant, from seconds or milliseconds since 1970 or a text; as ISO
   * 8601.
   * @param zone - of a text that names none, for example `+08:00`
   */
  time(name: string, zone?: string): string | undefined {
    return isoTime(this.#field(name), zone);
  }

  /** Each name once and in lower case, in one pass: there may be very many. */
  #entries(): Array<[string, unknown]> {
    const values = new Map<string, unknown>();
    for (const [name, value] of Object.entries(this.#object)) {
      const lower = name.toLowerCase();
      if (!values.has(lower)) {
        values.set(lower, value);
      }
    }
    return [...values];
  }

  #field(name: string): unknown {
    const spelling = this.#spelling(name);
    return spelling === undefined ? undefined : this.#object[spelling];
  }

  /** The first of several spellings wins. */
  #spelling(name: string): string | undefined {
    const lower = name.toLowerCase();
    for (const key of Object.keys(this.#object)) {
      if (
        key === name ||
        (key.length === name.length && key.toLowerCase() === lower)
      ) {
        return key;
      }
    }
    return undefined;
  }
}

/** Some servers write a byte order mark, which is no part of JSON. */
function parse(text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\ufeff/, ''));
  } catch {
    throw new InputError('The body is not JSON');
  }
}

function isNumber(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value);
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
