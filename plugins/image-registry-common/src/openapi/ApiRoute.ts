import { Permission } from '@backstage/plugin-permission-common';
import { z } from 'zod';

/** Methods that the contract uses. */
export type ApiMethod = 'get' | 'post' | 'put' | 'patch' | 'delete';

/** One answer of a route that is not an error. */
export interface ApiResponse {
  description: string;
  schema?: z.ZodType;
  /** Default: `application/json`. */
  mediaType?: string;
}

/** One route under `/api/image-registry`. */
export interface ApiRoute {
  method: ApiMethod;
  /** With `{name}` for what varies. */
  path: string;
  /** Names the operation in generated clients. */
  operationId: string;
  summary: string;
  /** Needed by the caller; several: which one depends on what is asked for. */
  permissions: readonly Permission[];
  /** Answers without Backstage credentials; says what authenticates instead. */
  open?: string;
  query?: z.ZodObject;
  body?: z.ZodType;
  /** The body may be anything: it is a vendor's. */
  anyBody?: boolean;
  /** Request headers that the route reads, with what they are for. */
  headers?: Readonly<Record<string, string>>;
  responses: Readonly<Record<number, ApiResponse>>;
  /** Statuses of errors beyond 400, 401, 403 and 500, with their meaning. */
  errors?: Readonly<Record<number, string>>;
}

/** An answer with a list that is short enough to come whole. */
export function itemsOf<T extends z.ZodType>(item: T) {
  return z.object({ items: z.array(item) });
}

/** Of routes that name one thing. */
export const notFound = { 404: 'There is no such thing, or it is hidden' };

/** What a route that changes a stored thing may answer besides. */
export const notFoundOrStale = {
  ...notFound,
  409: 'It was changed since it was read, or is still in use',
};
