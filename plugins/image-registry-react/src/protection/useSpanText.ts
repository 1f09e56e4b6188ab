import { useLanguage } from '../hooks';

/** Milliseconds of each unit, longest first. */
const units = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
  ['second', 1000],
] as const;

/**
 * A span of time in the largest unit that says it exactly: `2 hours`,
 * `90 minutes`.
 *
 * @returns words for a number of milliseconds
 * @public
 */
export function useSpanText(): (milliseconds: number) => string {
  const language = useLanguage();
  return milliseconds => {
    const [unit, size] =
      units.find(([, length]) => milliseconds % length === 0) ?? units[3];
    return new Intl.NumberFormat(language, {
      style: 'unit',
      unit: milliseconds === 0 ? 'second' : unit,
      unitDisplay: 'long',
      maximumFractionDigits: 1,
    }).format(milliseconds === 0 ? 0 : milliseconds / size);
  };
}
