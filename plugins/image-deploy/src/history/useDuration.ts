import { useTranslate } from '@slipway/backstage-plugin-image-registry-react';
import { imageDeployTranslationRef } from '../translation';

/** Words for the time between two instants: `41 s`, `3 min 5 s`, `2 h 4 min`. */
export function useDuration(): (from: string, to: string) => string {
  const t = useTranslate(imageDeployTranslationRef);
  return (from, to) => {
    const ms = Math.max(0, Date.parse(to) - Date.parse(from));
    const seconds = Math.round(ms / 1000);
    if (ms < 1000) {
      return t('duration.milliseconds', { milliseconds: String(ms) });
    }
    if (seconds < 60) {
      return t('duration.seconds', { seconds: String(seconds) });
    }
    const minutes = Math.floor(seconds / 60);
    if (minutes < 60) {
      return t('duration.minutes', {
        minutes: String(minutes),
        seconds: String(seconds % 60),
      });
    }
    return t('duration.hours', {
      hours: String(Math.floor(minutes / 60)),
      minutes: String(minutes % 60),
    });
  };
}
