import { ImageEvent } from '../provider/WebhookFormat';
import { imageEvent, ReadImageEvent } from './imageEvent';
import { Payload } from './Payload';

/**
 * By Harbor's names of events, letters only and in lower case: those of its
 * Default format, of its CloudEvents, and of Harbor 1, which registries made
 * from it kept and added to.
 */
const kinds = new Map(
  Object.entries<ImageEvent['kind']>({
    pushartifact: 'push',
    harborartifactpushed: 'push',
    pushimage: 'push',
    pullartifact: 'pull',
    harborartifactpulled: 'pull',
    pullimage: 'pull',
    deleteartifact: 'delete',
    harborartifactdeleted: 'delete',
    deleteimage: 'delete',
    uploadchart: 'chart',
    pushchart: 'chart',
    downloadchart: 'chart',
    deletechart: 'chart',
    scanningcompleted: 'scan',
    scanningfailed: 'scan',
    scanningstopped: 'scan',
    harborscancompleted: 'scan',
    harborscanfailed: 'scan',
    harborscanstopped: 'scan',
    testendpoint: 'test',
  }),
);

/** What an event is by Harbor's name of its type; `other` for unknown ones. */
export function kindOfResourceCall(type: string): ImageEvent['kind'] {
  return kinds.get(type.toLowerCase().replace(/[^a-z]/g, '')) ?? 'other';
}

/** What a call in the shape of Harbor's is about. */
export interface ResourceCall
  extends Pick<ReadImageEvent, 'kind' | 'pushedBy' | 'occurredAt'> {
  /** With `repository` and a list of `resources`. */
  data: Payload;
}

/**
 * The events of a call in the shape that Harbor gave its webhooks, and that
 * registries made from it kept: one for each resource, all of one repository.
 *
 * @param more - what else a resource tells
 */
export function resourceEvents(
  { data, ...call }: ResourceCall,
  more: (resource: Payload) => Partial<ReadImageEvent> = () => ({}),
): ImageEvent[] {
  const common = { ...call, repository: repositoryOf(data) };
  const resources = data.list('resources');
  return resources.length
    ? resources.map(resource =>
        imageEvent({
          ...common,
          // Of a child without a tag, the digest stands in its place.
          tag: resource.text('tag'),
          digest: resource.text('digest'),
          ...more(resource),
        }),
      )
    : // Replication, retention and the like tell of no single image.
      [imageEvent({ ...common, kind: nothingNamed(call.kind) })];
}

/** Something was pushed, but not what: nothing can be done about it. */
function nothingNamed(kind: ImageEvent['kind']): ImageEvent['kind'] {
  return kind === 'push' || kind === 'delete' ? 'other' : kind;
}

function repositoryOf(data: Payload): string | undefined {
  const repository = data.object('repository');
  const namespace = repository.text('namespace');
  const name = repository.text('name');
  return (
    repository.text('repo_full_name') ??
    (namespace && name ? `${namespace}/${name}` : undefined)
  );
}
