import { ScanSummary } from '@slipway/backstage-plugin-image-registry-common';

/** A webhook call as it came in. */
export interface WebhookRequest {
  /** Lower-case names. */
  headers: Readonly<Record<string, string | undefined>>;
  body: Buffer;
  /** Without parameters, lower-case, for example `application/json`. */
  contentType: string;
  /**
   * The registry that the endpoint belongs to: where images are named after
   * the way that a registry is reached, events are too.
   */
  registry?: {
    address: string;
    options: Readonly<Record<string, string | boolean>>;
    namespace?: string;
  };
  /** What the endpoint knows to verify the vendor's signature, which it did. */
  settings?: Readonly<Record<string, string>>;
}

/** What a registry says has happened; the registry is asked before it is believed. */
export interface ImageEvent {
  kind:
    | 'push'
    | 'delete'
    | 'pull'
    | 'scan'
    | 'chart'
    | 'signature'
    | 'attestation'
    | 'sbom'
    /** A layer or config, not yet an image. */
    | 'blob'
    | 'test'
    | 'other';
  /** Inside the registry, without host. */
  repository?: string;
  tag?: string;
  digest?: string;
  mediaType?: string;
  pushedBy?: string;
  /** ISO 8601, the registry's clock. */
  occurredAt?: string;
  /** Of kind `scan`: what the call says of its end; the report is asked for. */
  scan?: ScanSummary;
}

/** What was understood of a call. */
export type WebhookReceipt =
  | {
      events: ImageEvent[];
      /** Name of the format, for the log. */
      format: string;
    }
  | {
      /** Answer of a handshake that the vendor expects. */
      respond: {
        status: number;
        headers?: Record<string, string>;
        body?: string;
      };
      format: string;
      /** A URL that the worker fetches later, through the guard. */
      followUp?: { url: string };
    };

/** Reads the public keys and certificates that a vendor signs with. */
export interface WebhookKeySource {
  /**
   * What is served at an https URL, as text; guarded, and kept for an hour.
   * @param options - `refresh` reads it again, for example when a key is not
   * among those known; at most twice a minute
   * @throws RegistryError when it cannot be read
   */
  read(url: string, options?: { refresh?: boolean }): Promise<string>;
}

/** A signature of the vendor itself, over what it sends. */
export interface VendorSignature {
  readonly type: 'signed';
  /**
   * Settings of the endpoint without which a call cannot be verified, by the
   * names of the recipe's `settings`.
   */
  readonly requires: readonly string[];
  /**
   * @throws AuthenticationError saying what does not match
   */
  verify(
    request: WebhookRequest,
    settings: Readonly<Record<string, string>>,
    keys: WebhookKeySource,
  ): Promise<void>;
}

/** How a call proves that it may speak. */
export type WebhookAuthentication =
  /**
   * `bearer`: `Authorization: Bearer <secret>` or the bare secret (Harbor);
   * `basic`: the password of `Authorization: Basic`; `url`: last path segment.
   */
  | { readonly type: 'bearer' | 'basic' | 'url' }
  /** The bare secret in a header of the vendor. */
  | { readonly type: 'header'; readonly header: string }
  /** An HMAC of the raw body; the secret is its key. */
  | {
      readonly type: 'hmac';
      /** Lower-case. */
      readonly header: string;
      readonly algorithm: 'sha1' | 'sha256' | 'sha512';
      readonly encoding: 'hex' | 'base64';
      /** Before the value, for example `sha256=`. */
      readonly prefix?: string;
    }
  | VendorSignature;

/** One vendor's webhooks. */
export interface WebhookFormat {
  /**
   * How calls prove themselves, in the order they are tried. Where an
   * endpoint has the settings of a {@link VendorSignature}, that signature is
   * required as well as the secret that the URL carries.
   */
  readonly authentication: readonly WebhookAuthentication[];
  /** Media types that are accepted; others are answered 415. */
  readonly contentTypes: readonly string[];
  /**
   * Reads a call. Unknown kinds of events become `other`, never an error.
   * @throws InputError when the body is not this vendor's format
   */
  receive(request: WebhookRequest): WebhookReceipt;
}
