import {
  Layer,
  PlatformImage,
} from '@slipway/backstage-plugin-image-registry-common';
import { JsonFields, lenient } from './JsonFields';
import { Descriptor } from './manifestContent';

interface HistoryEntry {
  created?: string;
  createdBy?: string;
  emptyLayer?: boolean;
}

function readHistory(fields: JsonFields): HistoryEntry[] | undefined {
  return fields.objects('history')?.map(entry => ({
    created: entry.text('created'),
    createdBy: entry.text('created_by'),
    emptyLayer: entry.truth('empty_layer'),
  }));
}

function readLabels(config: JsonFields): Record<string, string> | undefined {
  const labels = config.object('Labels');
  return (
    labels &&
    Object.fromEntries(
      labels.names().map(name => [name, labels.requiredText(name)]),
    )
  );
}

/** An instant as builders write it, or nothing when it is not one. */
function toInstant(text: string | null | undefined): string | undefined {
  const at = Date.parse(text ?? '');
  return Number.isNaN(at) ? undefined : new Date(at).toISOString();
}

/** Without what builders put around an instruction. */
function readableInstruction(text: string | null | undefined) {
  const instruction = (text ?? '')
    .replace(/^\/bin\/sh -c #\(nop\)\s*/, '')
    .replace(/\s*# buildkit$/, '')
    .trim();
  return instruction || undefined;
}

/**
 * Puts the history beside the layers. Entries without a layer of their own
 * are passed over; when the counts differ nothing is matched, because a wrong
 * instruction is worse than none.
 */
function matchLayers(
  layers: readonly Descriptor[],
  history: readonly HistoryEntry[],
): Layer[] {
  const withLayer = history.filter(entry => !entry.emptyLayer);
  const matches = withLayer.length === layers.length;
  return layers.map(({ digest, mediaType, size }, index) => {
    const entry = matches ? withLayer[index] : undefined;
    return {
      digest,
      mediaType,
      size: size ?? 0,
      instruction: readableInstruction(entry?.createdBy),
      createdAt: toInstant(entry?.created),
    };
  });
}

/** What an image's config says, in our words. */
export type ConfigDetails = Pick<
  PlatformImage,
  | 'platform'
  | 'createdAt'
  | 'layers'
  | 'labels'
  | 'environment'
  | 'exposedPorts'
  | 'entrypoint'
  | 'command'
  | 'user'
  | 'workingDirectory'
>;

/** What is known without a config. */
export function detailsWithoutConfig(
  layers: readonly Descriptor[],
): ConfigDetails {
  return {
    layers: matchLayers(layers, []),
    labels: {},
    environment: [],
    exposedPorts: [],
  };
}

/**
 * Reads an image config, leniently: a part that is not as specified is left
 * out, the rest counts.
 */
export function readImageConfig(
  bytes: Buffer,
  layers: readonly Descriptor[],
): ConfigDetails {
  const fields = lenient(() => new JsonFields(parsed(bytes)));
  if (!fields) {
    return detailsWithoutConfig(layers);
  }
  const text = (name: string) => lenient(() => fields.text(name));
  const config = lenient(() => fields.object('config'));
  const [os, architecture] = [text('os'), text('architecture')];
  return {
    platform:
      os && architecture
        ? { os, architecture, variant: text('variant') || undefined }
        : undefined,
    createdAt: toInstant(text('created')),
    layers: matchLayers(layers, lenient(() => readHistory(fields)) ?? []),
    labels: lenient(() => config && readLabels(config)) ?? {},
    environment: lenient(() => config?.texts('Env')) ?? [],
    exposedPorts: lenient(() => config?.object('ExposedPorts'))?.names() ?? [],
    entrypoint: lenient(() => config?.texts('Entrypoint')),
    command: lenient(() => config?.texts('Cmd')),
    user: lenient(() => config?.text('User')) || undefined,
    workingDirectory: lenient(() => config?.text('WorkingDir')) || undefined,
  };
}

function parsed(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString('utf8'));
  } catch {
    return undefined;
  }
}
