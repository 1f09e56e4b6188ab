import { ComponentType } from 'react';
import { SvgIconProps } from '@material-ui/core/SvgIcon';
import BlockIcon from '@material-ui/icons/Block';
import CancelIcon from '@material-ui/icons/Cancel';
import CheckIcon from '@material-ui/icons/CheckCircle';
import ErrorIcon from '@material-ui/icons/Error';
import WaitingIcon from '@material-ui/icons/HourglassEmpty';
import ApplyingIcon from '@material-ui/icons/Publish';
import QueuedIcon from '@material-ui/icons/Schedule';
import SupersededIcon from '@material-ui/icons/SkipNext';
import BusyIcon from '@material-ui/icons/Timelapse';
import UndoIcon from '@material-ui/icons/Undo';
import {
  Reason,
  RolloutState,
} from '@slipway/backstage-plugin-image-registry-common';
import { imageRegistryTranslationRef, useTranslate } from '../translation';
import { StateLabel, StateTone } from './StateLabel';

const looks: Record<
  RolloutState,
  { icon: ComponentType<SvgIconProps>; tone: StateTone }
> = {
  queued: { icon: QueuedIcon, tone: 'neutral' },
  waiting: { icon: WaitingIcon, tone: 'warning' },
  applying: { icon: ApplyingIcon, tone: 'busy' },
  progressing: { icon: BusyIcon, tone: 'busy' },
  'rolling-back': { icon: UndoIcon, tone: 'warning' },
  succeeded: { icon: CheckIcon, tone: 'ok' },
  failed: { icon: ErrorIcon, tone: 'error' },
  'rolled-back': { icon: UndoIcon, tone: 'error' },
  superseded: { icon: SupersededIcon, tone: 'neutral' },
  cancelled: { icon: BlockIcon, tone: 'neutral' },
  rejected: { icon: CancelIcon, tone: 'error' },
};

/** Code of the reason with which a tool put the image back. */
const REVERTED = 'image-reverted';

/**
 * State of a rollout; of one that GitOps undid, who did.
 *
 * @public
 */
export function RolloutStateLabel(props: {
  state: RolloutState;
  /** Why it is in that state. */
  reason?: Reason;
}) {
  const { state, reason } = props;
  const t = useTranslate(imageRegistryTranslationRef);
  const title = reason?.code === REVERTED ? reason.params?.title : undefined;
  const { icon, tone } = looks[title ? 'rolled-back' : state];
  return (
    <StateLabel icon={icon} tone={tone}>
      {title ? t('rollout.reverted', { title }) : t(`rollout.${state}`)}
    </StateLabel>
  );
}
