import { z } from 'zod';
import { RegistryEvent } from './RegistryEvent';

/** An event that waits to be sent. */
export interface QueuedEvent {
  contentType: string;
  event: RegistryEvent;
}

/** Undelivered events by the name of their endpoint. */
export const pendingEventsSchema: z.ZodType<Record<string, QueuedEvent[]>> =
  z.record(
    z.string(),
    z.array(
      z.strictObject({
        contentType: z.string(),
        event: z.strictObject({
          id: z.string(),
          timestamp: z.string(),
          action: z.enum(['push', 'pull', 'delete', 'mount']),
          target: z.record(z.string(), z.unknown()),
          request: z.strictObject({
            id: z.string(),
            addr: z.string(),
            host: z.string(),
            method: z.string(),
            useragent: z.string(),
          }),
          actor: z.strictObject({ name: z.string().optional() }),
          source: z.strictObject({ addr: z.string(), instanceID: z.string() }),
        }),
      }),
    ),
  );
