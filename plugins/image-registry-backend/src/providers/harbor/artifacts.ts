import {
  isArtifactTag,
  isDigest,
  isRepository,
  isTag,
  Platform,
  RepositoryItem,
  TagItem,
} from '@slipway/backstage-plugin-image-registry-common';
import { isoTime } from '@slipway/backstage-plugin-image-registry-node';
import { HarborScanOverview, toScanSummary } from './scan';

/** What of a repository's entry is used; the name begins with the project. */
export interface HarborRepository {
  name?: string;
  description?: string;
  pull_count?: number;
  update_time?: string;
}

interface HarborPlatform {
  os?: string;
  architecture?: string;
  variant?: string;
}

/** What accompanies an artifact: a signature, an SBOM. */
export interface HarborAccessory {
  /** For example `signature.cosign`. */
  type?: string;
  digest?: string;
}

/** What of an artifact's entry is used. */
export interface HarborArtifact {
  digest?: string;
  manifest_media_type?: string;
  size?: number;
  push_time?: string;
  extra_attrs?: HarborPlatform | null;
  references?: Array<{ platform?: HarborPlatform | null }> | null;
  tags?: Array<{
    name?: string;
    push_time?: string;
    immutable?: boolean;
  }> | null;
  accessories?: HarborAccessory[] | null;
  scan_overview?: HarborScanOverview | null;
  /** Of further answers about it; `vulnerabilities` where it can be scanned. */
  addition_links?: Record<string, unknown> | null;
}

/** A repository as the API tells it; none when it has no usable name. */
export function toRepositoryItem(entry: HarborRepository): RepositoryItem[] {
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
      ...(typeof entry.pull_count === 'number' && {
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
  accessories: HarborAccessory[] | null | undefined,
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
