import { Agent, Dispatcher } from 'undici';
import {
  createRegistryConnector,
  RegistryConnectorOptions,
} from './createRegistryConnector';

/** Milliseconds after which a request is given up, by what it waits for. */
export interface HttpTimeouts {
  connectMs: number;
  headersMs: number;
  /** Between two pieces of the body. */
  bodyMs: number;
}

export const defaultTimeouts: HttpTimeouts = {
  connectMs: 5_000,
  headersMs: 20_000,
  bodyMs: 30_000,
};

/** The agent of one registry. */
export function createDispatcher(
  options: Omit<RegistryConnectorOptions, 'connectMs'> & {
    timeouts: HttpTimeouts;
  },
): Dispatcher {
  const { timeouts, ...rest } = options;
  return new Agent({
    headersTimeout: timeouts.headersMs,
    bodyTimeout: timeouts.bodyMs,
    connect: createRegistryConnector({
      ...rest,
      connectMs: timeouts.connectMs,
    }),
  });
}
