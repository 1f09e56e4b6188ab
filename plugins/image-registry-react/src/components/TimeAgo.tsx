import { useEffect, useState } from 'react';
import { DateTime } from 'luxon';
import { useLanguage } from '../hooks';

/** Between two looks at the clock, in ms. */
const TICK = 30_000;

/** @public */
export interface TimeAgoProps {
  /** ISO 8601. */
  time: string;
}

/**
 * "5 minutes ago" in the portal's language, the exact time on hover.
 *
 * @public
 */
export function TimeAgo({ time }: TimeAgoProps) {
  const language = useLanguage();
  const [, setTick] = useState(0);
  useEffect(() => {
    const timer = setInterval(() => setTick(tick => tick + 1), TICK);
    return () => clearInterval(timer);
  }, []);

  const instant = DateTime.fromISO(time).setLocale(language);
  if (!instant.isValid) {
    return <>{time}</>;
  }
  return (
    <time
      dateTime={time}
      title={instant.toLocaleString(DateTime.DATETIME_FULL_WITH_SECONDS)}
      style={{ whiteSpace: 'nowrap' }}
    >
      {instant.toRelative()}
    </time>
  );
}
