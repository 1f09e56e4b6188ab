import { z } from 'zod';
import { faultPattern, faultReach } from '../../faults';

const status = z.number().int().min(200).max(599);

const effectSchema = z.discriminatedUnion('kind', [
  /** An answer in place of the vendor's. */
  z.strictObject({
    kind: z.literal('status'),
    status,
    /** Seconds or an HTTP date. */
    retryAfter: z
      .union([z.number().int().nonnegative(), z.string()])
      .optional(),
    headers: z.record(z.string(), z.string()).optional(),
    /** A text as it is, anything else as JSON; nothing by default. */
    body: z.unknown().optional(),
  }),
  /** A page of a proxy instead of JSON. */
  z.strictObject({ kind: z.literal('html'), status: status.default(200) }),
  /** The first half of the vendor's answer, as if that were all. */
  z.strictObject({ kind: z.literal('truncated-json') }),
  /** The first answer again and again, with its promise of a next page. */
  z.strictObject({ kind: z.literal('repeated-page') }),
  /** The next page is said to be at {@link STRANGER}. */
  z.strictObject({ kind: z.literal('foreign-link') }),
  /** The token service is said to be at {@link STRANGER}. */
  z.strictObject({ kind: z.literal('foreign-realm') }),
  /** The answer waits at {@link STRANGER}, which refuses credentials. */
  z.strictObject({ kind: z.literal('foreign-redirect') }),
  /** Holds for whole connections, whatever the path. */
  z.strictObject({
    kind: z.literal('certificate'),
    problem: z.enum(['untrusted', 'expired', 'wrong-name']),
  }),
  /** No answer, until the world stops. */
  z.strictObject({ kind: z.literal('hang') }),
  /** The answer comes, later. */
  z.strictObject({
    kind: z.literal('latency'),
    milliseconds: z.number().int().nonnegative(),
  }),
  /** The connection is cut: before any byte, or in the middle of the body. */
  z.strictObject({
    kind: z.literal('reset'),
    when: z.enum(['before', 'body']).default('before'),
  }),
]);

/** Which requests a fault hits, how often, and what happens to them. */
export const vendorFaultSchema = z.strictObject({
  /** Name of the host, `*` for any characters; any host when absent. */
  host: z.string().min(1).optional(),
  ...faultReach,
  /** Regular expression on the body, for APIs with one path; any when absent. */
  body: faultPattern.optional(),
  /** Regular expression on `name: value` lines of the headers; any when absent. */
  header: faultPattern.optional(),
  effect: effectSchema,
});

/** A fault with all defaults filled in. */
export type VendorFault = z.infer<typeof vendorFaultSchema>;

/** A fault as someone writes it. */
export type VendorFaultInput = z.input<typeof vendorFaultSchema>;

/** What a fault does. */
export type VendorFaultEffect = VendorFault['effect'];
