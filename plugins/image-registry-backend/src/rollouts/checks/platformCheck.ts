import {
  ImageDetails,
  NodePlatforms,
  Platform,
  RolloutDiff,
  servesPlatform,
} from '@slipway/backstage-plugin-image-registry-common';
import { because } from '../reasons';

type Check = RolloutDiff['checks'][number];

function written({ os, architecture, variant }: Platform): string {
  return [os, architecture, variant].filter(Boolean).join('/');
}

/**
 * Whether an image runs on the nodes that its pods may be put on.
 *
 * @param nodes - undefined where the cluster could not be asked
 */
export function platformCheck(
  { platforms }: Pick<ImageDetails, 'platforms'>,
  nodes: NodePlatforms | undefined,
): Check {
  const name = 'platforms' as const;
  const told = platforms.flatMap(({ platform }) => platform ?? []);
  const image = [...new Set(told.map(written))].join(', ');
  if (image === '') {
    const reason = because('platforms', 'Not known', { platforms: '' });
    return { name, ok: true, warning: true, reason };
  }
  if (!nodes?.known || nodes.platforms.length === 0) {
    const reason =
      nodes?.reason ?? because('platforms', image, { platforms: image });
    return { name, ok: true, warning: nodes !== undefined, reason };
  }
  const missing = nodes.platforms
    .map(written)
    .filter(platform => !servesPlatform(told, platform));
  const params = { image, nodes: missing.join(', ') };
  if (missing.length === 0) {
    const reason = because(
      'platforms-cover',
      `${image}: runs on all ${nodes.fitting} nodes that these pods may run on`,
      { image, count: String(nodes.fitting) },
    );
    return { name, ok: true, reason };
  }
  if (missing.length < nodes.platforms.length) {
    const reason = because(
      'platforms-some',
      `The image is for ${image}, but some nodes that these pods may run on are ${params.nodes}`,
      params,
    );
    return { name, ok: true, warning: true, reason };
  }
  const reason = because(
    'platforms-none',
    `The image is for ${image}, but all nodes that these pods may run on are ${params.nodes}`,
    params,
  );
  return { name, ok: false, reason };
}
