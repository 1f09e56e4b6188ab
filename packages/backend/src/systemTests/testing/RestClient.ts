/** The people of the development sign-in. */
export type Person = 'admin' | 'owner' | 'owner2' | 'outsider';

/** A refusal of the portal. */
export class RestError extends Error {
  constructor(readonly status: number, message: string) {
    super(message);
    this.name = 'RestError';
  }
}

/** Calls the portal's REST routes as one person. */
export class RestClient {
  #token: string | undefined;

  constructor(
    private readonly portalUrl: string,
    private readonly person: Person,
  ) {}

  get<T>(path: string): Promise<T> {
    return this.#send('GET', path);
  }

  post<T>(
    path: string,
    body: unknown,
    headers?: Record<string, string>,
  ): Promise<T> {
    return this.#send('POST', path, body, headers);
  }

  patch<T>(path: string, body: unknown): Promise<T> {
    return this.#send('PATCH', path, body);
  }

  async delete(path: string): Promise<void> {
    await this.#send('DELETE', path);
  }

  /** All pages of a list. */
  async all<T>(path: string): Promise<T[]> {
    const items: T[] = [];
    let cursor: string | undefined;
    do {
      const separator = path.includes('?') ? '&' : '?';
      const next = cursor ? `&cursor=${encodeURIComponent(cursor)}` : '';
      const page = await this.get<{ items: T[]; nextCursor?: string }>(
        `${path}${separator}limit=500${next}`,
      );
      items.push(...page.items);
      cursor = page.nextCursor;
    } while (cursor !== undefined);
    return items;
  }

  /** @throws RestError */
  async #send<T>(
    method: string,
    path: string,
    body?: unknown,
    headers?: Record<string, string>,
  ): Promise<T> {
    this.#token ??= await this.#signIn();
    const response = await fetch(
      `${this.portalUrl}/api/image-registry${path}`,
      {
        method,
        headers: {
          authorization: `Bearer ${this.#token}`,
          'content-type': 'application/json',
          ...headers,
        },
        body: body === undefined ? undefined : JSON.stringify(body),
      },
    );
    const text = await response.text();
    if (!response.ok) {
      throw new RestError(
        response.status,
        `${method} ${path} answered ${response.status}: ${text}`,
      );
    }
    return (text === '' ? undefined : JSON.parse(text)) as T;
  }

  async #signIn(): Promise<string> {
    const answer = await fetch(
      `${this.portalUrl}/api/auth/development/refresh`,
      { headers: { 'x-development-person': this.person } },
    );
    const session = await answer.json();
    return session.backstageIdentity.token;
  }
}
