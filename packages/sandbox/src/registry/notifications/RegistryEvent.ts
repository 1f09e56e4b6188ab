import { randomUUID } from 'node:crypto';
import { DistributionBehavior } from '../behavior';
import { Descriptor } from '../content/ParsedManifest';

/** The content that an event is about, before it is put into wire form. */
export interface EventTarget {
  repository: string;
  /** Absent when a tag was deleted. */
  digest?: string;
  /** Absent when something was deleted. */
  mediaType?: string;
  size?: number;
  /** Absolute address of the content; absent when it was deleted. */
  url?: string;
  tag?: string;
  fromRepository?: string;
  /** Config, layers or children of a manifest. */
  references?: Descriptor[];
}

/** The request that caused an event. */
export interface EventCause {
  id: string;
  addr: string;
  host: string;
  method: string;
  useragent: string;
}

/** The process that tells of an event. */
export interface EventSource {
  addr: string;
  instanceID: string;
}

/** One event in the form of distribution's notifications. */
export interface RegistryEvent {
  id: string;
  /** RFC 3339 with nanoseconds, UTC. */
  timestamp: string;
  action: 'push' | 'pull' | 'delete' | 'mount';
  target: Record<string, unknown>;
  request: EventCause;
  actor: { name?: string };
  source: EventSource;
}

/** Content types of the envelope, by version. */
export const EVENT_MEDIA_TYPES: Record<DistributionBehavior['events'], string> =
  {
    v1: 'application/vnd.docker.distribution.events.v1+json',
    v2: 'application/vnd.docker.distribution.events.v2+json',
  };

/** Puts an event into the form of one envelope version. */
export function createEvent(options: {
  version: DistributionBehavior['events'];
  action: RegistryEvent['action'];
  target: EventTarget;
  request: EventCause;
  actor?: string;
  source: EventSource;
  includeReferences: boolean;
}): RegistryEvent {
  const { action, target, version, actor } = options;
  return {
    id: randomUUID(),
    timestamp: nanosecondTimestamp(),
    action,
    target:
      action === 'delete'
        ? deletedTarget(version, target)
        : storedTarget(version, target, options.includeReferences),
    request: options.request,
    actor: actor === undefined ? {} : { name: actor },
    source: options.source,
  };
}

function storedTarget(
  version: DistributionBehavior['events'],
  target: EventTarget,
  includeReferences: boolean,
): Record<string, unknown> {
  const { mediaType, digest, size, repository, url } = target;
  return {
    mediaType,
    ...(version === 'v1' ? { size, digest } : { digest, size }),
    length: size,
    repository,
    ...(target.fromRepository && { fromRepository: target.fromRepository }),
    url,
    ...(target.tag && { tag: target.tag }),
    ...(includeReferences &&
      target.references && {
        references: target.references.map(each => orderKeys(version, each)),
      }),
  };
}

/** v1 writes the size of a descriptor before its digest. */
function orderKeys(
  version: DistributionBehavior['events'],
  { mediaType, digest, size, ...more }: Descriptor,
): Descriptor {
  return version === 'v1'
    ? { mediaType, size, digest, ...more }
    : { mediaType, digest, size, ...more };
}

/** v2 writes the absent parts of a descriptor as empty values; v1 omits them. */
function deletedTarget(
  version: DistributionBehavior['events'],
  target: EventTarget,
): Record<string, unknown> {
  const { digest, repository, tag } = target;
  const descriptor =
    version === 'v2'
      ? { mediaType: '', digest: digest ?? '', size: 0 }
      : { ...(digest && { digest }) };
  return { ...descriptor, repository, ...(tag && { tag }) };
}

function nanosecondTimestamp(): string {
  const below = String(process.hrtime.bigint() % 1_000_000n).padStart(6, '0');
  return new Date().toISOString().replace('Z', `${below}Z`);
}
