import { AuditorService } from '@backstage/backend-plugin-api';
import { JsonObject } from '@backstage/types';
import { Request } from 'express';

/** What an audited write is called. */
export interface AuditedWrite {
  request: Request;
  /** Kebab-case, without the plugin's id. */
  eventId: string;
  /** The variant, for example `create`. */
  queryType: string;
  severityLevel?: 'low' | 'medium' | 'high' | 'critical';
  /** Ids and references; never a secret. */
  meta?: JsonObject;
}

/** Runs a write and records that it succeeded or why it failed. */
export async function audited<T>(
  auditor: AuditorService,
  write: AuditedWrite,
  run: () => Promise<T>,
): Promise<T> {
  const event = await auditor.createEvent({
    eventId: write.eventId,
    severityLevel: write.severityLevel ?? 'medium',
    request: write.request,
    meta: { queryType: write.queryType, ...write.meta },
  });
  try {
    const result = await run();
    await event.success();
    return result;
  } catch (error) {
    await event.fail({
      error: error instanceof Error ? error : new Error(String(error)),
    });
    throw error;
  }
}
