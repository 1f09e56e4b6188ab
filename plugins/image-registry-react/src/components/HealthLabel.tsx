import { ComponentType } from 'react';
import { SvgIconProps } from '@material-ui/core/SvgIcon';
import CheckIcon from '@material-ui/icons/CheckCircle';
import ErrorIcon from '@material-ui/icons/Error';
import HelpIcon from '@material-ui/icons/HelpOutline';
import StopIcon from '@material-ui/icons/PauseCircleFilled';
import BusyIcon from '@material-ui/icons/Timelapse';
import { Health } from '@slipway/backstage-plugin-image-registry-common';
import { imageRegistryTranslationRef, useTranslate } from '../translation';
import { StateLabel, StateTone } from './StateLabel';

const looks: Record<
  Health,
  { icon: ComponentType<SvgIconProps>; tone: StateTone }
> = {
  Healthy: { icon: CheckIcon, tone: 'ok' },
  Progressing: { icon: BusyIcon, tone: 'busy' },
  Degraded: { icon: ErrorIcon, tone: 'error' },
  Stopped: { icon: StopIcon, tone: 'neutral' },
  Unknown: { icon: HelpIcon, tone: 'warning' },
};

/**
 * Health of what runs.
 *
 * @public
 */
export function HealthLabel({ health }: { health: Health }) {
  const t = useTranslate(imageRegistryTranslationRef);
  const { icon, tone } = looks[health];
  return (
    <StateLabel icon={icon} tone={tone}>
      {t(`health.${health}`)}
    </StateLabel>
  );
}
