import { z } from 'zod';
import type { ClusterSnapshot } from '../kubernetes';
import { kindOf } from '../kubernetes/resources/kinds';
import { contentIndexSchema } from '../registry/content/ContentIndex';
import { pendingEventsSchema } from '../registry/notifications/QueuedEvent';

/** Counted up when an older state cannot be read any more. */
export const STATE_FORMAT = 1;

type StoredObject = ClusterSnapshot['objects'][number];

const storedMetadata = z.looseObject({
  name: z.string().min(1),
  uid: z.string().min(1),
  resourceVersion: z.string().regex(/^\d+$/),
});

/** Objects are checked, not copied: the order of their fields stays. */
const storedObject = z.custom<StoredObject>(value => {
  const object = value as Partial<StoredObject> | undefined;
  const { kind = '', apiVersion = '' } = object ?? {};
  try {
    kindOf({ kind, apiVersion });
  } catch {
    return false;
  }
  return storedMetadata.safeParse(object?.metadata).success;
}, 'no object that the sandbox stores');

const clusterSchema: z.ZodType<ClusterSnapshot> = z.strictObject({
  takenAt: z.iso.datetime(),
  revision: z.number().int().positive(),
  objects: z.array(storedObject),
});

/** What outlives a sandbox, without the bytes of its registry. */
export const sandboxStateSchema = z.strictObject({
  format: z.literal(STATE_FORMAT),
  registry: z.strictObject({
    content: contentIndexSchema,
    pending: pendingEventsSchema,
  }),
  kubernetes: clusterSchema,
});

/** The state of a whole sandbox at one moment. */
export type SandboxState = z.infer<typeof sandboxStateSchema>;

/** A state with the bytes that it names. */
export interface CompleteState {
  state: SandboxState;
  /** Blobs and manifests by digest. */
  bytes: ReadonlyMap<string, Buffer>;
}
