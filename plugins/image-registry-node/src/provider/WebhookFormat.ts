/** A webhook call as it came in. */
export interface WebhookRequest {
  /** Lower-case names. */
  headers: Readonly<Record<string, string | undefined>>;
  body: Buffer;
  /** Without parameters, lower-case, for example `application/json`. */
  contentType: string;
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

/** One vendor's webhooks. */
export interface WebhookFormat {
  /**
   * Where a call carries the endpoint's secret, in the order they are tried.
   * `bearer`: `Authorization: Bearer <secret>` or the bare secret (Harbor);
   * `basic`: the password of `Authorization: Basic`; `url`: last path segment;
   * `hmac`: a signature over the raw body.
   */
  readonly authentication: ReadonlyArray<
    | { type: 'bearer' | 'basic' | 'url' }
    | {
        type: 'hmac';
        header: string;
        algorithm: 'sha1' | 'sha256' | 'sha512';
        encoding: 'hex' | 'base64';
        prefix?: string;
      }
  >;
  /** Media types that are accepted; others are answered 415. */
  readonly contentTypes: readonly string[];
  /**
   * Reads a call. Unknown kinds of events become `other`, never an error.
   * @throws InputError when the body is not this vendor's format
   */
  receive(request: WebhookRequest): WebhookReceipt;
}
