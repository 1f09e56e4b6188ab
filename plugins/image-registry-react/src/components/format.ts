import { Platform } from '@slipway/backstage-plugin-image-registry-common';

/**
 * The first eight hex digits: `sha256:1a2b3c4d…`.
 *
 * @public
 */
export function shortDigest(digest: string): string {
  const [algorithm, hex = ''] = digest.split(':');
  return hex.length > 8 ? `${algorithm}:${hex.slice(0, 8)}…` : digest;
}

const byteUnits = ['B', 'kB', 'MB', 'GB', 'TB'] as const;

/**
 * A size with the decimal units of registries and clouds: `48.2 MB`.
 *
 * @public
 */
export function formatBytes(bytes: number, language = 'en'): string {
  const power = Math.min(
    byteUnits.length - 1,
    Math.max(0, Math.floor(Math.log10(Math.max(1, bytes)) / 3)),
  );
  const number = new Intl.NumberFormat(language, {
    maximumFractionDigits: power === 0 ? 0 : 1,
  }).format(bytes / 1000 ** power);
  return `${number} ${byteUnits[power]}`;
}

/**
 * `linux/amd64`, `linux/arm64/v8`.
 *
 * @public
 */
export function formatPlatform(platform: Platform): string {
  return [platform.os, platform.architecture, platform.variant]
    .filter(Boolean)
    .join('/');
}
