import { InputError } from '@backstage/errors';
import { WebhookRequest } from '@slipway/backstage-plugin-image-registry-node';

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
  readonly #fields: ReadonlyMap<string, unknown>;

  /** @throws InputError when the body is no JSON object */
  static of(request: Pick<WebhookRequest, 'body'>): Payload {
    let value: unknown;
    try {
      value = JSON.parse(request.body.toString('utf8'));
    } catch {
      throw new InputError('The body is not JSON');
    }
    if (!isObject(value)) {
      throw new InputError('The body is not a JSON object');
    }
    return new Payload(value);
  }

  private constructor(object: object) {
    this.#fields = new Map(
      // In reverse, so that the first of two spellings wins.
      Object.entries(object)
        .reverse()
        .map(([name, value]) => [name.toLowerCase(), value]),
    );
  }

  has(name: string): boolean {
    return this.#fields.has(name.toLowerCase());
  }

  /** Text that is not empty. */
  text(name: string): string | undefined {
    const value = this.#fields.get(name.toLowerCase());
    return typeof value === 'string' && value !== '' ? value : undefined;
  }

  /** An object; an empty one when there is none. */
  object(name: string): Payload {
    const value = this.#fields.get(name.toLowerCase());
    return new Payload(isObject(value) ? value : {});
  }

  /** The first 1001 objects of a list. */
  list(name: string): Payload[] {
    const value = this.#fields.get(name.toLowerCase());
    return Array.isArray(value)
      ? value
          .filter(isObject)
          .slice(0, MAX_LIST)
          .map(item => new Payload(item))
      : [];
  }

  /** An instant, from seconds since 1970 or a text; as ISO 8601. */
  time(name: string): string | undefined {
    const value = this.#fields.get(name.toLowerCase());
    if (typeof value !== 'number' && typeof value !== 'string') {
      return undefined;
    }
    const date = new Date(typeof value === 'number' ? value * 1000 : value);
    return Number.isNaN(date.getTime()) ? undefined : date.toISOString();
  }
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
