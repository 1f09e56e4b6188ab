import { ImageBundle } from '../images/ImageBundle';

/** One image of the seed with the tags that name it. */
export interface SeedEntry {
  repository: string;
  /** Empty for what is only reached by digest. */
  tags: string[];
  bundle: ImageBundle;
}

const DAY = 24 * 60 * 60 * 1000;

/** Both platforms that the demo images are built for. */
export const SEED_PLATFORMS = [
  { os: 'linux', architecture: 'amd64' },
  { os: 'linux', architecture: 'arm64' },
];

/** A fixed point in time, so many days before the newest seed image. */
export function daysBefore(days: number): Date {
  return new Date(Date.parse('2026-11-16T09:30:00Z') - days * DAY);
}
