/** A part of a document that is not what it should be. */
export class MalformedError extends Error {
  constructor(
    /** Names and places from the root to the part. */
    readonly path: readonly string[],
    expected: string,
  ) {
    super(`expected ${expected}`);
    this.name = 'MalformedError';
  }
}

/**
 * The fields of a JSON object from a registry, each read as what it should
 * be; `null` is how some servers spell an absent one.
 *
 * By hand and not by schemas, because this is on the way of every listing and
 * every HEAD, and they would double what a process loads for it.
 */
export class JsonFields {
  private readonly fields: ReadonlyMap<string, unknown>;

  /** @throws MalformedError when it is no object */
  constructor(value: unknown, private readonly path: readonly string[] = []) {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) {
      throw new MalformedError(path, 'an object');
    }
    this.fields = new Map(Object.entries(value));
  }

  names(): string[] {
    return [...this.fields.keys()];
  }

  /** @throws MalformedError when it is there and something else */
  text(name: string): string | undefined {
    return this.optional(name, 'a text', value => typeof value === 'string');
  }

  /** @throws MalformedError when it is absent or something else */
  requiredText(name: string): string {
    const text = this.text(name);
    if (text === undefined) {
      throw new MalformedError([...this.path, name], 'a text');
    }
    return text;
  }

  /** @throws MalformedError when it is there and something else */
  number(name: string): number | undefined {
    return this.optional(name, 'a number', value => typeof value === 'number');
  }

  /** @throws MalformedError when it is there and something else */
  truth(name: string): boolean | undefined {
    return this.optional(
      name,
      'true or false',
      value => typeof value === 'boolean',
    );
  }

  /** @throws MalformedError when it is there and no object */
  object(name: string): JsonFields | undefined {
    const value = this.fields.get(name) ?? undefined;
    return value === undefined
      ? undefined
      : new JsonFields(value, [...this.path, name]);
  }

  /** @throws MalformedError when it is there and no list of objects */
  objects(name: string): JsonFields[] | undefined {
    return this.list(name)?.map(
      (item, index) =>
        new JsonFields(item, [...this.path, name, String(index)]),
    );
  }

  /** @throws MalformedError when it is there and no list of texts */
  texts(name: string): string[] | undefined {
    return this.list(name)?.map((item, index) => {
      if (typeof item !== 'string') {
        throw new MalformedError([...this.path, name, String(index)], 'a text');
      }
      return item;
    });
  }

  private list(name: string): unknown[] | undefined {
    return this.optional(name, 'a list', Array.isArray);
  }

  private optional<T>(
    name: string,
    expected: string,
    isExpected: (value: unknown) => boolean,
  ): T | undefined {
    const value = this.fields.get(name) ?? undefined;
    if (value !== undefined && !isExpected(value)) {
      throw new MalformedError([...this.path, name], expected);
    }
    return value as T | undefined;
  }
}

/** What is read, or nothing where it is malformed. */
export function lenient<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (error instanceof MalformedError) {
      return undefined;
    }
    throw error;
  }
}
