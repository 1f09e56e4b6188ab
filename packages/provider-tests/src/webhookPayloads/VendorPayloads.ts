import { ImageEventRecord } from '@slipway/backstage-plugin-image-registry-common';

/** How a call proves that it knows the endpoint's secret. */
export type Proof =
  /** The last part of the URL. */
  | { in: 'url' }
  /** A header, after what the vendor writes before it. */
  | { in: 'header'; name: string; prefix?: string }
  /** A hexadecimal HMAC of the body in a header. */
  | {
      in: 'hmac';
      name: string;
      algorithm: 'sha1' | 'sha256';
      prefix?: string;
    };

/** `Authorization: Bearer <secret>` */
export const bearer: Proof = {
  in: 'header',
  name: 'authorization',
  prefix: 'Bearer ',
};

/** What an event is understood as, whole: what is absent here is not told. */
export type ExpectedEvent = Pick<
  ImageEventRecord,
  'kind' | 'repository' | 'tag' | 'digest'
>;

/** One call of a vendor, and what it is to be understood as. */
export interface WebhookPayload {
  /** Sent as it is when it is a text, as JSON otherwise. */
  body: object | string;
  /** Default `application/json`. */
  contentType?: string;
  headers?: Record<string, string>;
  /** Where this call is proven otherwise than the vendor's others. */
  proof?: Proof;
  events: ExpectedEvent[];
  /** What a handshake is answered, instead of 202. */
  answer?: { status: number; body: string };
}

/** All calls of one kind of registry. */
export interface VendorPayloads {
  /** As a person enters it. */
  registry: {
    provider: string;
    address: string;
    options?: Record<string, string>;
    credentials?: Record<string, string>;
  };
  proof: Proof;
  /** By the name of the call whose structure they have. */
  payloads: Readonly<Record<string, WebhookPayload>>;
}
