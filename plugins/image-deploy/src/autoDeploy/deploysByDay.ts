import { PolicyPreview } from '@slipway/backstage-plugin-image-registry-common';

/** Milliseconds. */
const DAY = 86_400_000;

/** What a rule would have deployed lately. */
export type PastOfRule = NonNullable<PolicyPreview['past']>;

/** One day of the past, counted from the beginning of the span. */
export interface PastDay {
  /** ISO 8601. */
  from: string;
  deploys: number;
}

/** How often a rule would have deployed on each day of the past. */
export function deploysByDay(past: PastOfRule): PastDay[] {
  const from = Date.parse(past.from);
  const count = Math.max(1, Math.ceil((Date.parse(past.to) - from) / DAY));
  const days = Array.from({ length: count }, (_, index) => ({
    from: new Date(from + index * DAY).toISOString(),
    deploys: 0,
  }));
  for (const { at } of past.deploys) {
    const day = days[Math.floor((Date.parse(at) - from) / DAY)];
    if (day) {
      day.deploys += 1;
    }
  }
  return days;
}
