import { z } from 'zod';

/** What a control route answers. */
export interface ControlAnswer {
  /** 200 by default. */
  status?: number;
  body: unknown;
}

/** One call of the control server. */
export interface ControlRoute {
  method: 'GET' | 'POST' | 'DELETE';
  /** Segments that begin with `:` are parameters. */
  path: string;
  handle(call: {
    parameters: Record<string, string>;
    /** Parsed JSON; undefined without a body. */
    body: unknown;
  }): Promise<ControlAnswer> | ControlAnswer;
}

/** A refusal with its status; its message goes to the caller. */
export class ControlError extends Error {
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.name = 'ControlError';
    this.status = status;
  }
}

/**
 * Checks a body against its schema.
 *
 * @throws ControlError 400 that names the field.
 */
export function checkBody<T>(schema: z.ZodType<T>, body: unknown): T {
  const result = schema.safeParse(body);
  if (!result.success) {
    const issues = result.error.issues.map(
      issue => `${issue.path.join('.') || 'body'}: ${issue.message}`,
    );
    throw new ControlError(400, issues.join('; '));
  }
  return result.data;
}
