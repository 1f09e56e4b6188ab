import { DistributionBehavior } from '../behavior';
import { ContentStore } from '../content/ContentStore';
import { UploadSessions } from '../content/UploadSessions';
import { EventTarget } from '../notifications/RegistryEvent';

/** What happened to content, as notifications tell it. */
export interface ContentEvent {
  action: 'push' | 'pull' | 'delete' | 'mount';
  target: EventTarget;
}

/** What every route works with; one per request. */
export interface RegistryContext {
  content: ContentStore;
  uploads: UploadSessions;
  behavior: DistributionBehavior;
  deleteEnabled: boolean;
  /** Tells the notification endpoints; never waits for them. */
  notify(event: ContentEvent): void;
}
