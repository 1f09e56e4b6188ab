import { RolloutEvidence } from '@slipway/backstage-plugin-image-registry-node';

const MASKED = '***';

/** Shorter ones would blot out half of every text. */
const SHORTEST_SECRET = 4;

/** A line of a key or a value of a JSON document that is secret by itself. */
const SHORTEST_PART = 16;

/** What looks like a secret, whosever it is. */
const patterns: ReadonlyArray<[pattern: RegExp, mask: string]> = [
  // RFC 7235 credentials, as clients log them.
  [/\b(Bearer|Basic)\s+[A-Za-z0-9._~+/=-]{16,}/gi, `$1 ${MASKED}`],
  // JSON Web Tokens: those of service accounts and of registries.
  [/\beyJ[\w-]{8,}\.[\w-]{8,}\.[\w-]*/g, MASKED],
  // The user information of a URL.
  [/(\w:\/\/)[^\s/@:]+:[^\s/@]+@/g, `$1${MASKED}@`],
  // The `auth` of a dockerconfigjson.
  [/("auth"\s*:\s*")[^"]+"/g, `$1${MASKED}"`],
  // The token of a webhook's URL.
  [/(\/webhooks\/[\w-]+\/)[\w-]{8,}/g, `$1${MASKED}`],
];

/** Takes the portal's secrets out of texts that containers wrote. */
export class SecretMask {
  /** The longest first, so that none leaves the rest of another. */
  readonly #secrets: readonly string[];

  /** @param secrets - passwords and tokens as they are used */
  constructor(secrets: readonly string[]) {
    const all = new Set(secrets.flatMap(formsOf));
    this.#secrets = [...all]
      .filter(({ length }) => length >= SHORTEST_SECRET)
      .sort((a, b) => b.length - a.length);
  }

  mask(text: string): string {
    let masked = text;
    for (const secret of this.#secrets) {
      masked = masked.replaceAll(secret, MASKED);
    }
    masked = this.#maskEnds(masked);
    for (const [pattern, mask] of patterns) {
      masked = masked.replace(pattern, mask);
    }
    return masked;
  }

  maskEvidence(evidence: RolloutEvidence): RolloutEvidence {
    const { logs, events, pullMessages, truncated } = evidence;
    return {
      logs: logs.map(log => ({ ...log, text: this.mask(log.text) })),
      events: events.map(event => ({
        ...event,
        message: this.mask(event.message),
      })),
      pullMessages: pullMessages.map(message => this.mask(message)),
      truncated,
    };
  }

  /** A text that was cut may begin or end in the middle of a secret. */
  #maskEnds(text: string): string {
    const cut = text.endsWith('…') ? '…' : '';
    const whole = cut ? text.slice(0, -cut.length) : text;
    return this.#secrets.reduce(maskEndsOf, whole) + cut;
  }
}

/** Masks the beginning of a secret at the end of a text, and its end before. */
function maskEndsOf(text: string, secret: string): string {
  const lengths = partsOf(secret);
  const end = lengths.find(length => text.endsWith(secret.slice(0, length)));
  const rest = end ? text.slice(0, -end) + MASKED : text;
  const begin = lengths.find(length => rest.startsWith(secret.slice(-length)));
  return begin ? MASKED + rest.slice(begin) : rest;
}

/** How long the parts of a secret may be, the longest first; a quarter is. */
function partsOf({ length }: string): number[] {
  const least = Math.max(SHORTEST_SECRET, Math.ceil(length / 4));
  return Array.from(
    { length: Math.max(0, length - least) },
    (_, shorter) => length - 1 - shorter,
  );
}

/** A secret as it is, as programs write it, and what of it is secret alone. */
function formsOf(secret: string): string[] {
  const forms = [
    secret,
    encodeURIComponent(secret),
    JSON.stringify(secret).slice(1, -1),
    Buffer.from(secret).toString('base64'),
  ];
  const parts = [...secret.split(/\r?\n|\\n/), ...valuesIn(secret)];
  return [...forms, ...parts.filter(({ length }) => length >= SHORTEST_PART)];
}

/** The texts in a JSON document, such as a service account's key. */
function valuesIn(secret: string): string[] {
  if (!secret.trimStart().startsWith('{')) {
    return [];
  }
  try {
    return Object.entries(JSON.parse(secret)).flatMap(([name, value]) =>
      typeof value === 'string' && /key|token|secret|password/i.test(name)
        ? [value, ...value.split('\n')]
        : [],
    );
  } catch {
    return [];
  }
}
