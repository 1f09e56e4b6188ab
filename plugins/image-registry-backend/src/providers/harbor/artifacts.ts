import {
  isArtifactTag,
  isDigest,
  isRepository,
  isTag,
  Platform,
  RepositoryItem,
  TagItem,
} from '@slipway/backstage-plugin-image-registry-common';
import { isoTime, Shaped } from '@slipway/backstage-plugin-image-registry-node';
import { toScanSummary } from './scan';

/** What of a repository's entry is used; the name begins with the project. */
export const harborRepository = {
  name: 'text',
  description: 'text',
  pull_count: 'number',
  update_time: 'text',
} as const;

const harborPlatform = {
  os: 'text',
  architecture: 'text',
  variant: 'text',
} as const;

/** What of an artifact's entry is used. */
export const harborArtifact = {
  digest: 'text',
  manifest_media_type: 'text',
  size: 'number',
  push_time: 'text',
  extra_attrs: harborPlatform,
  references: [{ platform: harborPlatform }],
  tags: [{ name: 'text', push_time: 'text', immutable: 'boolean' }],
  /** Signatures, SBOMs: the type is for example `signature.cosign`. */
  accessories: [{ type: 'text', digest: 'text' }],
  scan_overview: 'unknown',
  /** Of further answers about it: this one where it can be scanned. */
  addition_links: { vulnerabilities: 'unknown' },
} as const;

/** {@inheritDoc harborArtifact} */
export type HarborArtifact = Shaped<typeof harborArtifact>;

/** A repository as the API tells it; none when it has no usable name. */
export function toRepositoryItem(
  entry: Shaped<typeof harborRepository>,
): RepositoryItem[] {
  const { name, description } = entry;
  if (!name || !isRepository(name)) {
    return [];
  }
  const updatedAt = isoTime(entry.update_time);
  return [
    {
      repository: name,
      ...(description && { description }),
      ...(updatedAt && { updatedAt }),
      ...(Number.isInteger(entry.pull_count) && {
        pullCount: entry.pull_count,
      }),
    },
  ];
}

/**
 * The tags of an artifact; one that has none is not listed.
 *
 * @param isDetailed - whether scan, signatures and immutability were asked for
 */
export function toTagItems(
  artifact: HarborArtifact,
  isDetailed: boolean,
): TagItem[] {
  const { digest, size } = artifact;
  const platforms = platformsOf(artifact);
  return (artifact.tags ?? []).flatMap(
    ({ name, push_time: pushTime, immutable }) => {
      if (!name || !isTag(name) || isArtifactTag(name)) {
        return [];
      }
      const pushedAt = isoTime(pushTime) ?? isoTime(artifact.push_time);
      return [
        {
          tag: name,
          ...(digest && isDigest(digest) && { digest }),
          ...(pushedAt && { pushedAt }),
          ...(typeof size === 'number' && size > 0 && { size }),
          ...(platforms.length && { platforms }),
          ...(isDetailed && {
            scan: scanOf(artifact),
            signatures: signaturesOf(artifact.accessories),
            ...(typeof immutable === 'boolean' && { immutable }),
          }),
        },
      ];
    },
  );
}

/** What the artifact's scan came to. */
export function scanOf({ scan_overview, addition_links }: HarborArtifact) {
  const isScannable = addition_links?.vulnerabilities !== undefined;
  return toScanSummary(scan_overview, isScannable);
}

/** The kinds of signatures among accessories, each once. */
export function signaturesOf(
  accessories: HarborArtifact['accessories'],
): string[] {
  const kinds = (accessories ?? []).flatMap(
    ({ type }) => /^signature\.(.+)$/.exec(type ?? '')?.[1] ?? [],
  );
  return [...new Set(kinds)].sort();
}

/** Of the children of an index, else of the only image. */
function platformsOf({ references, extra_attrs }: HarborArtifact): Platform[] {
  const children = (references ?? []).map(({ platform }) => platform);
  return (children.length ? children : [extra_attrs]).flatMap(platform => {
    const { os, architecture, variant } = platform ?? {};
    return os && architecture && os !== 'unknown'
      ? [{ os, architecture, ...(variant && { variant }) }]
      : [];
  });
}
