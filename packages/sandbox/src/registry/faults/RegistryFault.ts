import { z } from 'zod';
import { faultReach } from '../../faults';

const origin = z.url({ protocol: /^https?$/ });

const effectSchema = z.discriminatedUnion('kind', [
  /** 429; `retryAfter` is seconds or an HTTP date, absent as Quay does it. */
  z.strictObject({
    kind: z.literal('too-many-requests'),
    retryAfter: z
      .union([z.number().int().nonnegative(), z.string()])
      .optional(),
  }),
  z.strictObject({
    kind: z.literal('status'),
    status: z.number().int().min(400).max(599),
  }),
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
  /** A page of a proxy instead of JSON. */
  z.strictObject({
    kind: z.literal('html'),
    status: z.number().int().min(200).max(599).default(200),
  }),
  z.strictObject({ kind: z.literal('truncated-json') }),
  /** The header lies, or the bytes are not those of the digest. */
  z.strictObject({
    kind: z.literal('wrong-digest'),
    part: z.enum(['header', 'body']).default('header'),
  }),
  /** Every page is the first one and promises another. */
  z.strictObject({ kind: z.literal('repeated-page') }),
  z.strictObject({ kind: z.literal('foreign-link'), origin }),
  z.strictObject({ kind: z.literal('foreign-realm'), origin }),
  z.strictObject({ kind: z.literal('foreign-redirect'), origin }),
]);

/** A fault on demand: which requests, how often, and what happens. */
export const registryFaultSchema = z.strictObject({
  ...faultReach,
  effect: effectSchema,
});

/** A fault with all defaults filled in. */
export type RegistryFault = z.infer<typeof registryFaultSchema>;

/** A fault as someone writes it. */
export type RegistryFaultInput = z.input<typeof registryFaultSchema>;

/** What a fault does. */
export type RegistryFaultEffect = RegistryFault['effect'];
