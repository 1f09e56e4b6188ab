import { RegistryService } from '../registries';
import { SecretMask } from './SecretMask';

/** What is secret is asked for again after so long, in ms. */
const MASK_AGE_MS = 30_000;

/** What {@link TextMask} is made of. */
export interface TextMaskOptions {
  registries: Pick<RegistryService, 'secrets'>;
  /** Milliseconds since the epoch. */
  now?: () => number;
}

/**
 * Masks texts that are shown at once. Somebody who follows a log asks every few
 * seconds, and to learn what is secret may mean to ask registries for logins.
 */
export class TextMask {
  readonly #options: TextMaskOptions;
  #known?: { mask: Promise<SecretMask>; since: number };

  constructor(options: TextMaskOptions) {
    this.#options = options;
  }

  /** @throws whatever keeps the secrets from being read; no text without */
  async mask(text: string): Promise<string> {
    return (await this.#current()).mask(text);
  }

  #current(): Promise<SecretMask> {
    const { now = Date.now } = this.#options;
    if (this.#known && now() - this.#known.since < MASK_AGE_MS) {
      return this.#known.mask;
    }
    const mask = this.#read();
    this.#known = { mask, since: now() };
    mask.catch(() => {
      if (this.#known?.mask === mask) {
        this.#known = undefined;
      }
    });
    return mask;
  }

  async #read(): Promise<SecretMask> {
    return new SecretMask(await this.#options.registries.secrets());
  }
}
