import { z } from 'zod';

/**
 * Why something was done or not: a stable code with its values for
 * translation, and the English sentence made of them.
 */
export const reasonSchema = z.object({
  /** Stable, kebab-case, translated by the frontends. */
  code: z.string(),
  /** The sentence in English. Never holds a secret. */
  message: z.string(),
  /** The values that the sentence names. */
  params: z.record(z.string(), z.string()).optional(),
});

/** {@inheritDoc reasonSchema} */
export type Reason = z.infer<typeof reasonSchema>;
