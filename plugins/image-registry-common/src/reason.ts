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

/**
 * A reason as a value of another one: its sentence under the name, its code
 * and its own values behind a dot, so that pages translate the inner one too.
 */
export function nestReason(
  name: string,
  { code, message, params = {} }: Reason,
): Record<string, string> {
  return {
    [name]: message,
    [`${name}.code`]: code,
    ...Object.fromEntries(
      Object.entries(params).map(([key, value]) => [`${name}.${key}`, value]),
    ),
  };
}

/** The reason that {@link nestReason} put under a name, if one is there. */
export function nestedReason(
  name: string,
  params: Record<string, string>,
): Reason | undefined {
  const { [`${name}.code`]: code, [name]: message } = params;
  if (code === undefined || message === undefined) {
    return undefined;
  }
  const prefix = `${name}.`;
  return {
    code,
    message,
    params: Object.fromEntries(
      Object.entries(params)
        .filter(([key]) => key.startsWith(prefix) && key !== `${prefix}code`)
        .map(([key, value]) => [key.slice(prefix.length), value]),
    ),
  };
}
