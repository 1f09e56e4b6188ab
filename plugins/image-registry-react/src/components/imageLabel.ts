import { RolloutImage } from '@slipway/backstage-plugin-image-registry-common';
import { shortDigest } from './format';

/**
 * The shortest that names an image of a known repository: tag, else digest.
 *
 * @public
 */
export function imageLabel(
  image: Pick<RolloutImage, 'tag' | 'digest'> & { reference?: string },
): string {
  return (
    image.tag ??
    (image.digest ? shortDigest(image.digest) : image.reference ?? '?')
  );
}
