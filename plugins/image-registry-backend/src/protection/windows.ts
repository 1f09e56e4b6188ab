import {
  DeployWindow,
  WeekMoment,
  weekdays,
} from '@slipway/backstage-plugin-image-registry-common';
import { IANAZone } from 'luxon';

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;
const WEEK_MINUTES = 7 * 24 * 60;
/** 1970-01-05, a Monday, in ms: weeks are counted from it. */
const FIRST_MONDAY_MS = 4 * DAY_MS;
/**
 * How far ahead an opening is looked for, in days: a week, one more because
 * a change of the clocks can swallow an opening, and a day at either end.
 */
const HORIZON_DAYS = 16;

/** Minutes east of UTC of a zone at an instant, as its wall clock shows it. */
function offsetMinutes(timeZone: string, at: number): number {
  return IANAZone.create(timeZone).offset(at);
}

function modulo(value: number, by: number): number {
  return ((value % by) + by) % by;
}

/** Minutes since Monday 00:00. */
function minuteOfWeek({ day, time }: WeekMoment): number {
  const [hours, minutes] = time.split(':').map(Number);
  return weekdays.indexOf(day) * 24 * 60 + hours * 60 + minutes;
}

/**
 * Whether the wall clock of a window's zone is inside of it. An hour that the
 * clocks repeat is inside both times, one that they skip is never there. A
 * window that ends where it begins is the whole week.
 */
function contains(window: DeployWindow, at: number): boolean {
  const wall = at + offsetMinutes(window.timeZone, at) * MINUTE_MS;
  const now = modulo(
    Math.floor((wall - FIRST_MONDAY_MS) / MINUTE_MS),
    WEEK_MINUTES,
  );
  const from = minuteOfWeek(window.from);
  const to = minuteOfWeek(window.to);
  return from < to ? from <= now && now < to : from <= now || now < to;
}

/**
 * Whether windows let a deploy through. `deny` beats `allow`; where there is
 * an `allow`, one has to be open.
 *
 * @param at - ms since 1970
 */
export function isOpen(windows: readonly DeployWindow[], at: number): boolean {
  const allowing = windows.filter(({ effect }) => effect === 'allow');
  return (
    !windows.some(window => window.effect === 'deny' && contains(window, at)) &&
    (allowing.length === 0 || allowing.some(window => contains(window, at)))
  );
}

/**
 * When windows open next: the first instant after `at` at which a deploy is
 * let through, in ms since 1970. Undefined when they never open.
 */
export function nextOpening(
  windows: readonly DeployWindow[],
  at: number,
): number | undefined {
  return [...new Set(windows.flatMap(window => changesOf(window, at)))]
    .filter(instant => instant > at)
    .sort((a, b) => a - b)
    .find(instant => isOpen(windows, instant));
}

/**
 * Every instant at which a window may begin or end: its two moments by each
 * offset that its zone has meanwhile, and the changes of the clocks.
 */
function changesOf(window: DeployWindow, at: number): number[] {
  const { timeZone } = window;
  const transitions = transitionsOf(timeZone, at);
  const offsets = new Set(
    [at, ...transitions].map(instant => offsetMinutes(timeZone, instant)),
  );
  const week = Math.floor((at - FIRST_MONDAY_MS) / (WEEK_MINUTES * MINUTE_MS));
  const moments = [window.from, window.to].map(minuteOfWeek);
  return [
    ...transitions,
    ...[week - 1, week, week + 1, week + 2, week + 3].flatMap(each =>
      moments.flatMap(moment =>
        [...offsets].map(
          offset =>
            FIRST_MONDAY_MS +
            (each * WEEK_MINUTES + moment - offset) * MINUTE_MS,
        ),
      ),
    ),
  ];
}

/** The first instants after which a zone's clock shows another offset. */
function transitionsOf(timeZone: string, at: number): number[] {
  const found: number[] = [];
  for (let day = -1; day < HORIZON_DAYS; day++) {
    let before = at + day * DAY_MS;
    let after = before + DAY_MS;
    const offset = offsetMinutes(timeZone, before);
    if (offsetMinutes(timeZone, after) === offset) {
      continue;
    }
    while (after - before > 1) {
      const middle = Math.floor((before + after) / 2);
      if (offsetMinutes(timeZone, middle) === offset) {
        before = middle;
      } else {
        after = middle;
      }
    }
    found.push(after);
  }
  return found;
}

/** An instant on the wall clock of a zone: `Monday 08:00`, and its date. */
export function wallClock(
  at: number,
  timeZone: string,
): { day: string; time: string; date: string } {
  const wall = new Date(at + offsetMinutes(timeZone, at) * MINUTE_MS);
  const name = weekdays[modulo(wall.getUTCDay() - 1, 7)];
  const text = wall.toISOString();
  return {
    day: name[0].toUpperCase() + name.slice(1),
    time: text.slice(11, 16),
    date: text.slice(0, 10),
  };
}
