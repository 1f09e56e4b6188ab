import { z } from 'zod';

const headerValue = z.union([z.string(), z.array(z.string())]);

/** Where events are sent, with the words of distribution's configuration. */
export const notificationEndpointSchema = z.strictObject({
  name: z.string().min(1),
  url: z.url({ protocol: /^https?$/ }),
  /** Sent with every request, `Authorization` among them. */
  headers: z.record(z.string(), headerValue).default({}),
  /** Milliseconds until one attempt counts as failed. */
  timeout: z.number().int().positive().default(5000),
  /** Failures in a row after which each further attempt waits. */
  threshold: z.number().int().positive().default(5),
  /** Milliseconds of that wait. */
  backoff: z.number().int().nonnegative().default(1000),
  /** PEM of the authority to trust, for an https receiver. */
  ca: z.string().optional(),
  ignore: z
    .strictObject({
      mediaTypes: z.array(z.string()).default([]),
      actions: z.array(z.enum(['push', 'pull', 'delete', 'mount'])).default([]),
    })
    .default({ mediaTypes: [], actions: [] }),
});

/** A notification endpoint with all defaults filled in. */
export type NotificationEndpoint = z.infer<typeof notificationEndpointSchema>;

/** A notification endpoint as someone writes it. */
export type NotificationEndpointInput = z.input<
  typeof notificationEndpointSchema
>;

/** What became of an endpoint's events; header values are never in it. */
export interface NotificationState {
  name: string;
  url: string;
  headerNames: string[];
  /** Events that wait, the one being sent among them. */
  pending: number;
  /** Events that were answered with 2xx or 3xx. */
  delivered: number;
  /** Attempts that failed. */
  failed: number;
  /** Failed attempts since the last success. */
  failuresInARow: number;
  lastStatus?: number;
  lastError?: string;
}
