/** Why protection lets a deploy wait, refuses it or lets it through. */
export const protectionReasonMessages = {
  'reason.portal-frozen': 'All deploys are frozen by {{author}}: {{reason}}',
  'reason.component-frozen':
    'Deploys of this component are frozen by {{author}}: {{reason}}',
  'reason.window-closed':
    'The window of {{environment}} opens {{date}} {{time}} ({{timeZone}})',
  'reason.window-never-opens':
    'The windows of {{environment}} never let a deploy through',
  'reason.waits-for-approval':
    'Waits for approvals of {{approvers}}, still missing: {{count}}',
  'reason.nobody-approves':
    'An approval is needed, and the component has no owners to give it',
  'reason.approved': 'Approved by {{by}}',
  'reason.approval-lapsed':
    'Not approved in time: {{given}} of {{required}} approvals were given',
  'reason.rejected-by': 'Rejected by {{by}}: {{reason}}',
  'reason.too-young': 'Images have to be {{minimum}} old; {{left}} are left',
  'reason.evidence-outdated':
    '{{registry}} has told something new of the image; it is asked again',
  'reason.evidence-missing':
    'What {{registry}} says of the image has not been read yet',
  'reason.evidence-failed':
    '{{registry}} could not be asked about the image: {{message}}',
  'reason.evidence-too-late': 'Waited for long enough: {{why}}',
  'reason.tells-no-scans':
    'A scan is asked for, and {{registry}} tells of no scans',
  'reason.tells-no-signatures':
    'A signature is asked for, and {{registry}} tells of no signatures',
  'reason.not-scannable':
    'A scan is asked for, and {{registry}} scans no images of this kind',
  'reason.scan-pending': 'The registry is scanning the image',
  'reason.not-scanned': 'The registry has not scanned the image yet',
  'reason.scan-failed':
    'The registry’s scan of the image failed; scan it again there',
  'reason.scan-too-severe':
    'The scan found something {{severity}}; the worst that is tolerated: {{worst}}',
  'reason.not-signed': 'The image is not signed yet ({{kinds}})',
  'reason.stopped':
    '{{workload}} is stopped; auto deploy changes and starts nothing there',
  'reason.updated-not-started':
    'The image was written; the workload is stopped and was not started',
  'reason.notify-only': 'The policy only tells, and deploys nothing',
  'reason.was-healthy-here': 'Returns to an image that was healthy here before',
  'reason.emergency-deploy':
    'Emergency deploy by {{by}}: {{reason}} (went past: {{skipped}})',
  'reason.no-protection': 'No gate stands against it now',
  'reason.waits-behind': 'Waits behind rollout #{{sequence}}',
  'reason.services-approve-nothing': 'Only people approve, not services',
  'reason.approver-is-requester': '{{by}} asked for it and cannot approve it',
  'reason.approved-already': 'You have approved it already',
  'reason.not-an-approver': 'Only members of {{approvers}} may approve it',
  'reason.may-not-approve': 'You may approve nothing of {{entityRef}}',
} as const;
