import {
  ImageEvent,
  imageEvent,
  Payload,
  WebhookRequest,
} from '@slipway/backstage-plugin-image-registry-node';

type Headers = WebhookRequest['headers'];

/**
 * Whether it is a CloudEvent of ECR, whole or with its attributes in headers.
 * AWS has no such format: input transformers of EventBridge make them, with a
 * type such as `com.amazon.ecr.image.push`.
 */
export function isEcrCloudEvent(payload: Payload, headers: Headers): boolean {
  return /\becr\b/i.test(typeOf(payload, headers));
}

export function readCloudEvent(
  payload: Payload,
  headers: Headers,
): ImageEvent[] {
  const isBinary = headers['ce-type'] !== undefined;
  const data = isBinary ? payload : payload.object('data');
  const either = (...names: string[]) =>
    names.map(name => data.text(name)).find(Boolean);
  return [
    imageEvent({
      kind: succeeded(data) ? kindOf(typeOf(payload, headers)) : 'other',
      repository: either('repositoryName', 'repository-name', 'repository'),
      tag: either('imageTag', 'image-tag', 'tag'),
      digest: either('imageDigest', 'image-digest', 'digest'),
      mediaType: either('manifestMediaType', 'manifest-media-type'),
      relatedTypes: [
        either('artifactMediaType', 'artifact-media-type') ?? [],
      ].flat(),
      occurredAt: payload.time('time'),
    }),
  ];
}

function typeOf(payload: Payload, headers: Headers): string {
  return (
    headers['ce-type'] ??
    (payload.has('specversion') ? payload.text('type') ?? '' : '')
  );
}

/** Where the transformer passes the result on. */
function succeeded(data: Payload): boolean {
  return (data.text('result') ?? 'SUCCESS').toUpperCase() === 'SUCCESS';
}

function kindOf(type: string): ImageEvent['kind'] {
  const [, kind] = /(push|delete|scan)(?:d|ed|ned)?$/i.exec(type) ?? [];
  return (kind?.toLowerCase() as 'push' | 'delete' | 'scan') ?? 'other';
}
