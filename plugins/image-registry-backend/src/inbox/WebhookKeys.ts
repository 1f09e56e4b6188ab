import {
  RegistryError,
  RegistryHttp,
  WebhookKeySource,
} from '@slipway/backstage-plugin-image-registry-node';

/** How long a key is used before it is read again, in ms. */
const KEPT_MS = 60 * 60 * 1000;

/** A key that was just read is not read again sooner, whoever asks, in ms. */
const SHORTEST_PAUSE_MS = 30 * 1000;

/** Keys and certificates are small. */
const MAX_BYTES = 256 * 1024;

/** More addresses than vendors have; the longest unused one goes first. */
const MAX_KEYS = 100;

interface Kept {
  text: Promise<string>;
  readAt: number;
}

/** Reads vendors' public keys over https, and keeps them for a while. */
export class WebhookKeys implements WebhookKeySource {
  readonly #http: RegistryHttp;
  readonly #kept = new Map<string, Kept>();

  /** @param options - `http`: guarded, and as quick to give up as vendors are */
  constructor(options: { http: RegistryHttp }) {
    this.#http = options.http;
  }

  async read(
    url: string,
    options: { refresh?: boolean } = {},
  ): Promise<string> {
    if (new URL(url).protocol !== 'https:') {
      throw new RegistryError(
        'forbidden-address',
        `Keys are only read over https, not from ${url}`,
      );
    }
    const known = this.#kept.get(url);
    const age = known ? Date.now() - known.readAt : Infinity;
    if (known && age < (options.refresh ? SHORTEST_PAUSE_MS : KEPT_MS)) {
      return known.text;
    }
    const text = this.#fetch(url);
    this.#keep(url, { text, readAt: Date.now() });
    text.catch(() => {
      // The next call tries again; nothing was learned.
      if (this.#kept.get(url)?.text === text) {
        this.#kept.delete(url);
      }
    });
    return text;
  }

  #keep(url: string, kept: Kept): void {
    this.#kept.delete(url);
    this.#kept.set(url, kept);
    if (this.#kept.size > MAX_KEYS) {
      const [oldest] = this.#kept.keys();
      this.#kept.delete(oldest);
    }
  }

  async #fetch(url: string): Promise<string> {
    const response = await this.#http.request({
      url,
      operation: 'read the keys that sign webhooks',
      priority: 'webhook',
      maxBytes: MAX_BYTES,
      maxRedirects: 0,
    });
    return response.body.toString('utf8');
  }
}
