import { ComponentType } from 'react';
import { SvgIconProps } from '@material-ui/core/SvgIcon';
import RefusedIcon from '@material-ui/icons/Block';
import DeployedIcon from '@material-ui/icons/CheckCircle';
import UnchangedIcon from '@material-ui/icons/DragHandle';
import FailedIcon from '@material-ui/icons/Error';
import WaitingIcon from '@material-ui/icons/HourglassEmpty';
import IgnoredIcon from '@material-ui/icons/RemoveCircleOutline';
import PendingIcon from '@material-ui/icons/Schedule';
import { DeliveryOutcome } from '@slipway/backstage-plugin-image-registry-common';
import {
  StateLabel,
  StateTone,
  useTranslate,
} from '@slipway/backstage-plugin-image-registry-react';
import { imageRegistryPageTranslationRef } from '../translation';

const looks: Record<
  DeliveryOutcome,
  { icon: ComponentType<SvgIconProps>; tone: StateTone }
> = {
  pending: { icon: PendingIcon, tone: 'busy' },
  waiting: { icon: WaitingIcon, tone: 'warning' },
  deployed: { icon: DeployedIcon, tone: 'ok' },
  ignored: { icon: IgnoredIcon, tone: 'neutral' },
  unchanged: { icon: UnchangedIcon, tone: 'neutral' },
  refused: { icon: RefusedIcon, tone: 'error' },
  failed: { icon: FailedIcon, tone: 'error' },
};

/** What a delivery, or one event of it, came to. */
export function OutcomeLabel({ outcome }: { outcome: DeliveryOutcome }) {
  const t = useTranslate(imageRegistryPageTranslationRef);
  const { icon, tone } = looks[outcome];
  return (
    <StateLabel icon={icon} tone={tone}>
      {t(`outcome.${outcome}`)}
    </StateLabel>
  );
}
