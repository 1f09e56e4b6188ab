import {
  DeployWindow,
  WeekMoment,
} from '@slipway/backstage-plugin-image-registry-common';
import { imageRegistryTranslationRef, useTranslate } from '../translation';
import { useDayName } from './useDayName';

/**
 * What a window means: `no deploys from Friday 16:00 to Monday 08:00
 * (Europe/Berlin)`.
 *
 * @public
 */
export function useWindowSentence(): (window: DeployWindow) => string {
  const t = useTranslate(imageRegistryTranslationRef);
  const dayName = useDayName();
  const moment = ({ day, time }: WeekMoment) =>
    t('window.moment', { day: dayName(day), time });
  return ({ effect, from, to, timeZone }) =>
    t(`window.${effect}`, { from: moment(from), to: moment(to), timeZone });
}
