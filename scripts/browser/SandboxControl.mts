/** The control routes of the sandbox that tests and pictures use. */
export class SandboxControl {
  readonly #url: string;

  constructor(url: string) {
    this.#url = url;
  }

  /** Builds a small image with a digest of its own and pushes it. */
  push(repository: string, tag: string): Promise<{ digest: string }> {
    return this.#post('/registry/push', { repository, tag });
  }

  async #post<T>(path: string, body: unknown): Promise<T> {
    const response = await fetch(`${this.#url}${path}`, {
      method: 'POST',
      body: JSON.stringify(body),
    });
    const answer = await response.json();
    if (!response.ok) {
      throw new Error(`${path}: ${answer.error?.message}`);
    }
    return answer;
  }
}
