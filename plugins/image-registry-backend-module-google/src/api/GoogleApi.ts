import {
  ExpiringLogin,
  RegistryCallOptions,
  RegistryError,
  RegistryHttp,
  RegistryHttpResponse,
  remedies,
} from '@slipway/backstage-plugin-image-registry-node';
import { googleError } from './googleError';

/** One call of an API of Google. */
export interface GoogleCall extends RegistryCallOptions {
  method?: 'GET' | 'POST' | 'PUT';
  url: string;
  /** Sent as JSON. */
  body?: object;
  operation: string;
  /** IAM permission, for the sentence when it is missing. */
  permission: string;
  /** Predefined role that has it. */
  role: string;
  maxBytes?: number;
  /** Statuses that are returned instead of thrown. */
  acceptStatuses?: readonly number[];
}

/** APIs of Google, called with the access token of one identity. */
export class GoogleApi {
  constructor(
    private readonly http: RegistryHttp,
    private readonly login: ExpiringLogin,
  ) {}

  /**
   * @throws RegistryError; one for a missing permission names it, and a role
   */
  async call(call: GoogleCall): Promise<RegistryHttpResponse> {
    const { password: token } = await this.login.get(call);
    const response = await this.send(call, token);
    if (response.status !== 401) {
      return accepted(call, response);
    }
    // It may have been ended before its time.
    this.login.forget(token);
    const { password: next } = await this.login.get(call);
    return accepted(call, await this.send(call, next));
  }

  private send(call: GoogleCall, token: string): Promise<RegistryHttpResponse> {
    const { acceptStatuses = [], body, maxBytes, method, operation } = call;
    const { priority, signal, url } = call;
    return this.http.request({
      method,
      url,
      operation,
      headers: {
        accept: 'application/json',
        authorization: `Bearer ${token}`,
        ...(body && { 'content-type': 'application/json' }),
      },
      ...(body && { body: JSON.stringify(body) }),
      ...(maxBytes !== undefined && { maxBytes }),
      acceptStatuses: [400, 401, 403, 404, ...acceptStatuses],
      maxRedirects: 0,
      signal,
      priority,
    });
  }
}

function accepted(
  call: GoogleCall,
  response: RegistryHttpResponse,
): RegistryHttpResponse {
  if (
    response.status >= 400 &&
    !call.acceptStatuses?.includes(response.status)
  ) {
    throw googleError(call, response);
  }
  return response;
}

/**
 * An answer as an object.
 * @throws RegistryError when it is none
 */
export function objectOf(
  response: RegistryHttpResponse,
  { operation }: Pick<GoogleCall, 'operation'>,
  title: string,
): Record<string, unknown> {
  const value = response.json<unknown>();
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new RegistryError(
      'invalid-response',
      `${title}: could not ${operation}: the answer is not one of Google`,
      { hint: remedies.checkSignInPage },
    );
  }
  return value as Record<string, unknown>;
}

/** The objects of a list in an answer. */
export function objectsOf(value: unknown): Record<string, unknown>[] {
  return Array.isArray(value)
    ? value.filter(each => typeof each === 'object' && each !== null)
    : [];
}

/** A text of an answer that is not empty. */
export function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}
