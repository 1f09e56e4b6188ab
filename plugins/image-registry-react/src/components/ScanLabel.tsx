import { ComponentType } from 'react';
import { SvgIconProps } from '@material-ui/core/SvgIcon';
import CheckIcon from '@material-ui/icons/CheckCircle';
import ErrorIcon from '@material-ui/icons/Error';
import FailedIcon from '@material-ui/icons/ErrorOutline';
import NoneIcon from '@material-ui/icons/RemoveCircleOutline';
import PendingIcon from '@material-ui/icons/HourglassEmpty';
import WarningIcon from '@material-ui/icons/Warning';
import {
  ScanSummary,
  severities,
} from '@slipway/backstage-plugin-image-registry-common';
import { imageRegistryTranslationRef, useTranslate } from '../translation';
import { StateLabel, StateTone } from './StateLabel';

type Severity = (typeof severities)[number];

const severityTones: Record<Severity, StateTone> = {
  critical: 'error',
  high: 'error',
  medium: 'warning',
  low: 'warning',
  negligible: 'neutral',
  unknown: 'neutral',
};

/** The worst severity that was found, with its count where that is known. */
function worst({ counts = {}, severity }: ScanSummary):
  | {
      severity: Severity;
      count?: number;
    }
  | undefined {
  const counted = severities.find(each => (counts[each] ?? 0) > 0);
  const found = counted ?? severity;
  return found && { severity: found, count: counts[found] };
}

/** @public */
export interface ScanLabelProps {
  scan: ScanSummary;
}

/**
 * What the registry's scanner found: icon, word and colour.
 *
 * @public
 */
export function ScanLabel({ scan }: ScanLabelProps) {
  const t = useTranslate(imageRegistryTranslationRef);
  if (scan.status !== 'finished') {
    const icons: Record<typeof scan.status, ComponentType<SvgIconProps>> = {
      pending: PendingIcon,
      failed: FailedIcon,
      'not-scanned': NoneIcon,
      unsupported: NoneIcon,
    };
    return (
      <StateLabel
        icon={icons[scan.status]}
        tone={scan.status === 'failed' ? 'warning' : 'neutral'}
      >
        {t(`scan.${scan.status}`)}
      </StateLabel>
    );
  }
  const found = worst(scan);
  if (!found) {
    return (
      <StateLabel icon={CheckIcon} tone="ok">
        {t('scan.noFindings')}
      </StateLabel>
    );
  }
  const tone = severityTones[found.severity];
  const word = t(`severity.${found.severity}`);
  return (
    <StateLabel icon={tone === 'error' ? ErrorIcon : WarningIcon} tone={tone}>
      {found.count === undefined ? word : `${found.count} ${word}`}
    </StateLabel>
  );
}
