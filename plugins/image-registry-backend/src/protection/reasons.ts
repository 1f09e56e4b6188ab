import { Reason } from '@slipway/backstage-plugin-image-registry-common';

function because(
  code: string,
  message: string,
  params?: Record<string, string>,
): Reason {
  return params ? { code, message, params } : { code, message };
}

/** `3 h`, `2 d`: whole units, rounded up. */
function duration(ms: number): string {
  const minutes = Math.ceil(ms / 60_000);
  if (minutes < 120) {
    return `${minutes} min`;
  }
  const hours = Math.ceil(minutes / 60);
  return hours < 48 ? `${hours} h` : `${Math.ceil(hours / 24)} d`;
}

/** Reasons of protection; the frontends translate them by code. */
export const protectionReasons = {
  frozen: (freeze: {
    entityRef?: string;
    author: string;
    reason: string;
    endsAt?: string;
  }) =>
    because(
      freeze.entityRef ? 'component-frozen' : 'portal-frozen',
      `${
        freeze.entityRef ? 'Deploys of this component' : 'All deploys'
      } are frozen by ${freeze.author}: ${freeze.reason}`,
      {
        author: freeze.author,
        reason: freeze.reason,
        endsAt: freeze.endsAt ?? '',
      },
    ),
  windowClosed: (
    environment: string,
    opens: {
      at: string;
      day: string;
      date: string;
      time: string;
      timeZone: string;
    },
  ) =>
    because(
      'window-closed',
      `The window of ${environment} opens ${opens.day} ${opens.time} (${opens.timeZone})`,
      {
        environment,
        opensAt: opens.at,
        day: opens.day,
        date: opens.date,
        time: opens.time,
        timeZone: opens.timeZone,
      },
    ),
  windowNeverOpens: (environment: string) =>
    because(
      'window-never-opens',
      `The windows of ${environment} never let a deploy through`,
      { environment },
    ),
  waitsForApproval: (missing: number, approvers: readonly string[]) =>
    because(
      'waits-for-approval',
      `Waits for ${missing} approval${
        missing === 1 ? '' : 's'
      } of ${approvers.join(', ')}`,
      { count: String(missing), approvers: approvers.join(', ') },
    ),
  nobodyApproves: () =>
    because(
      'nobody-approves',
      'An approval is needed, and the component has no owners to give it',
    ),
  approved: (by: readonly string[]) =>
    because('approved', `Approved by ${by.join(', ')}`, { by: by.join(', ') }),
  approvalLapsed: (given: number, required: number) =>
    because(
      'approval-lapsed',
      `Not approved in time: ${given} of ${required} approvals were given`,
      { given: String(given), required: String(required) },
    ),
  rejectedBy: (by: string, reason: string) =>
    because('rejected-by', `Rejected by ${by}: ${reason}`, { by, reason }),
  tooYoung: (leftMs: number, minimumMs: number) =>
    because(
      'too-young',
      `Images have to be ${duration(minimumMs)} old; ${duration(
        leftMs,
      )} are left`,
      { minimum: duration(minimumMs), left: duration(leftMs) },
    ),
  evidenceMissing: (registry: string) =>
    because(
      'evidence-missing',
      `What ${registry} says of the image has not been read yet`,
      { registry },
    ),
  evidenceOutdated: (registry: string) =>
    because(
      'evidence-outdated',
      `${registry} has told something new of the image; it is asked again`,
      { registry },
    ),
  evidenceFailed: (registry: string, message: string) =>
    because(
      'evidence-failed',
      `${registry} could not be asked about the image: ${message}`,
      { registry, message },
    ),
  evidenceTooLate: (why: string) =>
    because('evidence-too-late', `Waited for long enough: ${why}`, { why }),
  tellsNoScans: (registry: string) =>
    because(
      'tells-no-scans',
      `A scan is asked for, and ${registry} tells of no scans`,
      { registry },
    ),
  tellsNoSignatures: (registry: string) =>
    because(
      'tells-no-signatures',
      `A signature is asked for, and ${registry} tells of no signatures`,
      { registry },
    ),
  notScannable: (registry: string) =>
    because(
      'not-scannable',
      `A scan is asked for, and ${registry} scans no images of this kind`,
      { registry },
    ),
  scanPending: () =>
    because('scan-pending', 'The registry is scanning the image'),
  notScanned: () =>
    because('not-scanned', 'The registry has not scanned the image yet'),
  scanFailed: () =>
    because(
      'scan-failed',
      'The registry’s scan of the image failed; scan it again there',
    ),
  scanTooSevere: (severity: string, worst: string) =>
    because(
      'scan-too-severe',
      worst === 'none'
        ? `The scan found something ${severity}, and no findings are tolerated`
        : `The scan found something ${severity}; nothing worse than ${worst} is tolerated`,
      { severity, worst },
    ),
  notSigned: (kinds: readonly string[]) =>
    because(
      'not-signed',
      kinds.includes('any')
        ? 'The image is not signed yet'
        : `The image has no signature of ${kinds.join(' and ')} yet`,
      { kinds: kinds.join(', ') },
    ),
  stopped: (workload: string) =>
    because(
      'stopped',
      `${workload} is stopped; auto deploy changes and starts nothing there`,
      { workload },
    ),
  updatedNotStarted: () =>
    because(
      'updated-not-started',
      'The image was written; the workload is stopped and was not started',
    ),
  notifyOnly: () =>
    because('notify-only', 'The policy only tells, and deploys nothing'),
  wasHealthyHere: () =>
    because(
      'was-healthy-here',
      'Returns to an image that was healthy here before',
    ),
  emergency: (by: string, reason: string, skipped: readonly string[]) =>
    because(
      'emergency-deploy',
      skipped.length > 0
        ? `Emergency deploy by ${by}, past ${skipped.join(', ')}: ${reason}`
        : `Emergency deploy by ${by}; no gate stood against it: ${reason}`,
      { by, reason, skipped: skipped.join(', ') },
    ),
  nothingAsked: () => because('no-protection', 'No gate stands against it now'),
};
