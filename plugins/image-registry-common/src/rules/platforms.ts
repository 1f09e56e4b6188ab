import type { Platform } from '../api/images';

/** What containerd takes an architecture without a variant for. */
const defaultVariants: Readonly<Record<string, string>> = {
  arm: 'v7',
  arm64: 'v8',
  amd64: 'v1',
};

/**
 * Whether an image for these platforms runs on a wanted one. A wanted platform
 * without a variant is served by any variant.
 *
 * @param wanted - `linux/amd64` or `linux/arm64/v8`
 */
export function servesPlatform(
  platforms: readonly Platform[],
  wanted: string,
): boolean {
  const [os, architecture, variant] = wanted.split('/');
  return platforms.some(
    platform =>
      platform.os === os &&
      platform.architecture === architecture &&
      (variant === undefined ||
        platform.variant === variant ||
        (platform.variant === undefined &&
          variant === defaultVariants[architecture])),
  );
}
