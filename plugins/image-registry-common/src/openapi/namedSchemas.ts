import { z } from 'zod';
import * as api from '../api';
import { reasonSchema } from '../reason';
import { tagRuleSchema } from '../rules';

/** The body of every error, as `@backstage/errors` writes it. */
export const errorResponseSchema = z.object({
  error: z.object({
    name: z.string(),
    message: z.string(),
    code: z.string().optional(),
    /** Why, for translation; the message says it in English. */
    reason: reasonSchema.optional(),
    /** What to do about it, for translation; the message ends with it. */
    remedy: reasonSchema.optional(),
    /** Which values are wrong, for translation; the message names them all. */
    problems: z
      .array(
        z.object({
          /** Of the field in the body: `credentials.password`. */
          path: z.string(),
          reason: reasonSchema,
        }),
      )
      .optional(),
  }),
  request: z.object({ method: z.string(), url: z.string() }).optional(),
  response: z.object({ statusCode: z.number().int() }),
});

/**
 * Schemas that the document names and refers to: each `fooSchema` of the
 * contract is `Foo`. Scalars stay where they are used.
 */
export function namedSchemas(): Record<string, z.ZodType> {
  const named: Record<string, z.ZodType> = {
    ErrorResponse: errorResponseSchema,
    Reason: reasonSchema,
    TagRule: tagRuleSchema,
  };
  for (const [name, schema] of Object.entries(api)) {
    if (
      schema instanceof z.ZodObject &&
      name.endsWith('Schema') &&
      !name.endsWith('QuerySchema')
    ) {
      const title = name.slice(0, -'Schema'.length);
      named[`${title[0].toUpperCase()}${title.slice(1)}`] = schema;
    }
  }
  return named;
}
