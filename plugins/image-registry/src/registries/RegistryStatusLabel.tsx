import { ComponentType } from 'react';
import { SvgIconProps } from '@material-ui/core/SvgIcon';
import CheckIcon from '@material-ui/icons/CheckCircle';
import ErrorIcon from '@material-ui/icons/Error';
import HelpIcon from '@material-ui/icons/HelpOutline';
import LockIcon from '@material-ui/icons/Lock';
import RemovedIcon from '@material-ui/icons/RemoveCircle';
import WarningIcon from '@material-ui/icons/Warning';
import { RegistryStatus } from '@slipway/backstage-plugin-image-registry-common';
import {
  StateLabel,
  StateTone,
  useTranslate,
} from '@slipway/backstage-plugin-image-registry-react';
import { imageRegistryPageTranslationRef } from '../translation';

const looks: Record<
  RegistryStatus['state'],
  { icon: ComponentType<SvgIconProps>; tone: StateTone }
> = {
  unknown: { icon: HelpIcon, tone: 'neutral' },
  connected: { icon: CheckIcon, tone: 'ok' },
  degraded: { icon: WarningIcon, tone: 'warning' },
  unreachable: { icon: ErrorIcon, tone: 'error' },
  locked: { icon: LockIcon, tone: 'error' },
  removed: { icon: RemovedIcon, tone: 'warning' },
};

/** State of a registry's connection as the last check saw it. */
export function RegistryStatusLabel({ status }: { status: RegistryStatus }) {
  const t = useTranslate(imageRegistryPageTranslationRef);
  const { icon, tone } = looks[status.state];
  return (
    <StateLabel icon={icon} tone={tone}>
      {t(`registryState.${status.state}`)}
    </StateLabel>
  );
}
