import { JsonFields, lenient } from './JsonFields';

/** What a manifest points to. */
export interface Descriptor {
  /** Empty when the registry says none. */
  mediaType: string;
  digest: string;
  /** Bytes. */
  size?: number;
  artifactType?: string;
  annotations: Record<string, string>;
  platform?: { os: string; architecture: string; variant?: string };
}

/** The parts of an image manifest or index that we read. */
export interface ManifestContent {
  schemaVersion?: number;
  mediaType?: string;
  artifactType?: string;
  config?: Descriptor;
  layers?: Descriptor[];
  manifests?: Descriptor[];
  subject?: Descriptor;
  annotations: Record<string, string>;
}

/** Those that are texts, as all should be. */
function readAnnotations(fields: JsonFields): Record<string, string> {
  const annotations = fields.object('annotations');
  return Object.fromEntries(
    (annotations?.names() ?? []).flatMap(name => {
      const text = lenient(() => annotations?.text(name));
      return text === undefined ? [] : [[name, text]];
    }),
  );
}

function readPlatform(fields: JsonFields): Descriptor['platform'] {
  const platform = fields.object('platform');
  return (
    platform && {
      os: platform.requiredText('os'),
      architecture: platform.requiredText('architecture'),
      variant: platform.text('variant'),
    }
  );
}

function readDescriptor(fields: JsonFields): Descriptor {
  return {
    mediaType: fields.text('mediaType') ?? '',
    digest: fields.requiredText('digest'),
    size: fields.number('size'),
    artifactType: fields.text('artifactType'),
    annotations: readAnnotations(fields),
    platform: lenient(() => readPlatform(fields)),
  };
}

/** @throws MalformedError */
export function readManifestContent(json: unknown): ManifestContent {
  const fields = new JsonFields(json);
  const one = (name: string) => {
    const object = fields.object(name);
    return object && readDescriptor(object);
  };
  return {
    schemaVersion: fields.number('schemaVersion'),
    mediaType: fields.text('mediaType'),
    artifactType: fields.text('artifactType'),
    config: one('config'),
    layers: fields.objects('layers')?.map(readDescriptor),
    manifests: fields.objects('manifests')?.map(readDescriptor),
    subject: one('subject'),
    annotations: readAnnotations(fields),
  };
}
