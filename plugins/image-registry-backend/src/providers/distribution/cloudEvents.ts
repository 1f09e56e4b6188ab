import { InputError } from '@backstage/errors';
import { isDigest } from '@slipway/backstage-plugin-image-registry-common';
import {
  ImageEvent,
  imageEvent,
  Payload,
  WebhookReceipt,
  WebhookRequest,
} from '@slipway/backstage-plugin-image-registry-node';

const STRUCTURED = 'application/cloudevents+json';
const BATCH = 'application/cloudevents-batch+json';

/** Media types of CloudEvents; binary ones come as application/json. */
export const cloudEventTypes: readonly string[] = [STRUCTURED, BATCH];

/** What an event of no registry's own is about, by a word of its type. */
const kindsByWord: ReadonlyArray<[RegExp, ImageEvent['kind']]> = [
  [/^(un)?deleted?$/, 'delete'],
  // zot says updated of an image whose manifest was stored.
  [/^(push|pushed|publish|published|updated)$/, 'push'],
  [/^(pull|pulled)$/, 'pull'],
  [/^(scan|scanned|scanning|vulnerability)$/, 'scan'],
  [/^(ping|test)$/, 'test'],
];

/** Words of what did not happen, or not yet. */
const ofNoEnd =
  /^(fail|fails|failed|failing|failure|error|errors|denied|rejected|refused|requested|started|cancelled|canceled|skipped|queued|pending)$/;

/** Words without which a push may be one of commits. */
const ofImages = /^(container|image|artifact|oci|docker|registry|ecr|chart)s?$/;

/** An event with what goes with it, in whichever way it was sent. */
interface CloudEvent {
  type: string;
  subject?: string;
  time?: string;
  data: Payload;
}

/** Whether a call is a CloudEvent, by its headers or its body. */
export function isCloudEvent(request: WebhookRequest): boolean {
  return (
    cloudEventTypes.includes(request.contentType) ||
    request.headers['ce-specversion'] !== undefined ||
    request.headers['ce-type'] !== undefined ||
    (request.contentType === 'application/json' &&
      /^\s*\{[^]*"specversion"\s*:/i.test(
        request.body.toString('utf8', 0, 64 * 1024),
      ))
  );
}

/**
 * CloudEvents 1.0 of zot, or of whoever pushed an image, such as a CI job:
 * structured, in a batch, or binary. The type says what happened
 * (`com.example.container.image.push`), data which image: `repository`, `tag`
 * and `digest`, or names like them; else the subject does.
 *
 * https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/bindings/http-protocol-binding.md
 * https://zotregistry.dev/latest/articles/events/
 *
 * @throws InputError when the body is none
 */
export function receiveCloudEvents(request: WebhookRequest): WebhookReceipt {
  return {
    format: 'cloudevents',
    events: readCloudEvents(request).map(toImageEvent),
  };
}

function readCloudEvents(request: WebhookRequest): CloudEvent[] {
  if (request.contentType === BATCH) {
    const envelopes = Payload.allOf(request);
    if (envelopes.length === 0) {
      throw new InputError('The batch holds no CloudEvents');
    }
    return envelopes.map(ofEnvelope);
  }
  const payload = Payload.of(request);
  const type = request.headers['ce-type'];
  return type === undefined
    ? [ofEnvelope(payload)]
    : [
        {
          type,
          subject: request.headers['ce-subject'],
          time: request.headers['ce-time'],
          data: payload,
        },
      ];
}

function ofEnvelope(envelope: Payload): CloudEvent {
  const type = envelope.text('type');
  if (type === undefined) {
    throw new InputError('The body is a CloudEvent without a type');
  }
  const encoded = envelope.text('data_base64');
  return {
    type,
    subject: envelope.text('subject'),
    time: envelope.time('time'),
    data:
      (encoded &&
        Payload.ofText(Buffer.from(encoded, 'base64').toString('utf8'))) ||
      envelope.object('data'),
  };
}

function toImageEvent({ type, subject, time, data }: CloudEvent): ImageEvent {
  const named = nameParts(
    firstText(data, [
      'repository',
      'repositoryName',
      'repository-name',
      'image',
    ]) ??
      subject ??
      data.text('name'),
  );
  const ofSubject = nameParts(subject);
  const occurredAt = time && new Date(time);
  return imageEvent({
    kind: kindOf(type),
    repository: named.repository,
    tag:
      firstText(data, ['tag', 'imageTag', 'image-tag', 'reference']) ??
      named.tag ??
      ofSubject.tag,
    digest: firstDigest([
      ...['digest', 'imageDigest', 'image-digest'].map(name => data.text(name)),
      named.digest,
      ofSubject.digest,
    ]),
    mediaType: firstText(data, ['mediaType', 'artifactType']),
    relatedTypes: manifestTypes(data),
    pushedBy:
      firstText(data, ['pushedBy', 'actor', 'user']) ??
      data.object('actor').text('name'),
    occurredAt:
      occurredAt && !Number.isNaN(occurredAt.getTime())
        ? occurredAt.toISOString()
        : undefined,
  });
}

function kindOf(type: string): ImageEvent['kind'] {
  const words = type
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z]+/);
  const kind = kindsByWord.find(([pattern]) =>
    words.some(word => pattern.test(word)),
  )?.[1];
  if (kind === undefined || words.some(word => ofNoEnd.test(word))) {
    // A scan that failed is an end, too: its report is asked for.
    return kind === 'scan' ? kind : 'other';
  }
  if (kind === 'push' && !words.some(word => ofImages.test(word))) {
    return 'other';
  }
  return kind === 'push' && words.some(word => /^charts?$/.test(word))
    ? 'chart'
    : kind;
}

/**
 * Of `registry.example.com/acme/web:v1@sha256:…`, each part being optional but
 * the path. The host does not count: the endpoint says which registry it is.
 */
function nameParts(text: string | undefined): {
  repository?: string;
  tag?: string;
  digest?: string;
} {
  const [, path, tag, digest] =
    /^(?:[^/]*[.:][^/]*\/)?([^:@]+)(?::([^@]+))?(?:@(.+))?$/.exec(
      text?.trim() ?? '',
    ) ?? [];
  return { repository: path?.toLowerCase(), tag, digest };
}

/** Of what is in the manifest, which zot sends along as a text. */
function manifestTypes(data: Payload): string[] {
  const manifest = Payload.ofText(data.text('manifest') ?? '');
  return manifest
    ? [
        manifest.text('artifactType') ?? [],
        ...[manifest.object('config'), ...manifest.list('layers')].map(
          each => each.text('mediaType') ?? [],
        ),
      ].flat()
    : [];
}

function firstText(
  data: Payload,
  names: readonly string[],
): string | undefined {
  return names.map(name => data.text(name)).find(text => text !== undefined);
}

function firstDigest(
  candidates: ReadonlyArray<string | undefined>,
): string | undefined {
  return candidates.find(text => text !== undefined && isDigest(text));
}
