import { z } from 'zod';

/** A regular expression. */
export const faultPattern = z
  .string()
  .refine(isPattern, { error: 'not a regular expression' });

/** Which requests a fault of any kind hits, and how often. */
export const faultReach = {
  /** Any method when absent. */
  method: z.enum(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE']).optional(),
  /** Regular expression on path and query as they were sent; any when absent. */
  path: faultPattern.optional(),
  /** Matching requests that pass unharmed first. */
  skip: z.number().int().nonnegative().default(0),
  /** Requests that are hit after that; all when absent. */
  times: z.number().int().positive().optional(),
};

/** Which requests a fault hits, with all defaults filled in. */
export interface FaultReach {
  method?: string;
  path?: string;
  skip: number;
  times?: number;
}

/**
 * Whether a request is one of those.
 * @param target - path and query as they were sent
 */
export function reaches(
  fault: Pick<FaultReach, 'method' | 'path'>,
  method: string,
  target: string,
): boolean {
  return (
    (fault.method === undefined || fault.method === method) &&
    (fault.path === undefined || new RegExp(fault.path).test(target))
  );
}

function isPattern(source: string): boolean {
  try {
    return new RegExp(source).source.length > 0;
  } catch {
    return false;
  }
}
