import {
  Weekday,
  weekdays,
} from '@slipway/backstage-plugin-image-registry-common';
import { useLanguage } from '../hooks';

/**
 * The name of a day of the week in the portal's language.
 *
 * @public
 */
export function useDayName(): (day: Weekday) => string {
  const language = useLanguage();
  return day =>
    new Intl.DateTimeFormat(language, {
      weekday: 'long',
      timeZone: 'UTC',
      // The first of January 2024 was a Monday.
    }).format(Date.UTC(2024, 0, 1 + weekdays.indexOf(day)));
}
