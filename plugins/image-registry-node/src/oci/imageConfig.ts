import {
  Layer,
  PlatformImage,
} from '@slipway/backstage-plugin-image-registry-common';
import { z } from 'zod';
import { Descriptor } from './manifest';

const historyEntrySchema = z.object({
  created: z.string().nullish(),
  created_by: z.string().nullish(),
  comment: z.string().nullish(),
  empty_layer: z.boolean().nullish(),
});

const textsSchema = z.array(z.string()).nullish().catch(undefined);

const imageConfigSchema = z.object({
  created: z.string().nullish().catch(undefined),
  os: z.string().nullish().catch(undefined),
  architecture: z.string().nullish().catch(undefined),
  variant: z.string().nullish().catch(undefined),
  config: z
    .object({
      Labels: z.record(z.string(), z.string()).nullish().catch(undefined),
      Env: textsSchema,
      ExposedPorts: z
        .record(z.string(), z.unknown())
        .nullish()
        .catch(undefined),
      Entrypoint: textsSchema,
      Cmd: textsSchema,
      User: z.string().nullish().catch(undefined),
      WorkingDir: z.string().nullish().catch(undefined),
    })
    .nullish()
    .catch(undefined),
  history: z.array(historyEntrySchema).nullish().catch(undefined),
});

type HistoryEntry = z.infer<typeof historyEntrySchema>;

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
  const withLayer = history.filter(entry => !entry.empty_layer);
  const matches = withLayer.length === layers.length;
  return layers.map(({ digest, mediaType, size }, index) => {
    const entry = matches ? withLayer[index] : undefined;
    return {
      digest,
      mediaType,
      size: size ?? 0,
      instruction: readableInstruction(entry?.created_by),
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
  let json: unknown;
  try {
    json = JSON.parse(bytes.toString('utf8'));
  } catch {
    return detailsWithoutConfig(layers);
  }
  const parsed = imageConfigSchema.safeParse(json);
  if (!parsed.success) {
    return detailsWithoutConfig(layers);
  }
  const { os, architecture, variant, created, history, config } = parsed.data;
  return {
    platform:
      os && architecture
        ? { os, architecture, variant: variant || undefined }
        : undefined,
    createdAt: toInstant(created),
    layers: matchLayers(layers, history ?? []),
    labels: config?.Labels ?? {},
    environment: config?.Env ?? [],
    exposedPorts: Object.keys(config?.ExposedPorts ?? {}),
    entrypoint: config?.Entrypoint ?? undefined,
    command: config?.Cmd ?? undefined,
    user: config?.User || undefined,
    workingDirectory: config?.WorkingDir || undefined,
  };
}
