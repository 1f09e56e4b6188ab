/** The dialogs Deploy… and Roll back. */
export const deployMessages = {
  'deploy.title': 'Deploy {{component}}',
  'deploy.where': 'Where',
  'deploy.what': 'Image',
  'deploy.target': 'Environment and container',
  'deploy.targetOption':
    '{{environment}} · {{workload}} · {{container}} · {{cluster}} / {{namespace}}',
  'deploy.linkFailed': 'The image of the link could not be read',
  'deploy.changeImage': 'Change image',
  'deploy.chooseFirst': 'Choose an image first.',
  'deploy.stillChecking': 'The checks are not finished.',
  'deploy.answerMoved': 'The tag was moved: say below which digest you mean.',
  'deploy.answerConsent':
    'Somebody else manages this image: agree below that the portal manages it.',
  'deploy.checks': 'Checks',
  'deploy.changes': 'What changes',
  'deploy.previewFailed': 'The checks could not be made',
  'deploy.unchanged': 'This image runs there already; nothing changes.',
  'deploy.consented':
    'It was agreed before that the portal manages this image.',
  'deploy.reason': 'Reason (optional)',
  'deploy.reasonHelp':
    'Shown in the history, and as the reason of the hold when auto deploy is held by this',
  'deploy.deploy': 'Deploy',
  'deploy.deploying': 'Deploying…',
  'deploy.failed': 'It was not deployed',
  'emergency.choose': 'Emergency deploy: do not wait for the gates',
  'emergency.denied':
    'Only members of {{group}} may deploy in an emergency. Ask one of them.',
  'emergency.first':
    'You may deploy here in an emergency only. Say below what it is; then you see what would change.',
  'emergency.warning':
    'This goes past: {{skipped}}. Your name and reason are recorded, and the owners are told.',
  'emergency.all': 'freeze, windows, approvals and gates',
  'emergency.reason': 'What is the emergency',
  'emergency.reasonHelp': 'At least 10 characters',
  'emergency.reasonNeeded': 'Say what the emergency is.',
  'check.line': '{{check}}: {{finding}}',
  'check.exists': 'Image',
  'check.tag': 'Tag',
  'check.platforms': 'Platforms',
  'check.permission': 'Permission',
  'check.grant': 'Registry',
  'check.target': 'Workload',
  'check.pull': 'Pull',
  'check.protection': 'Protection',
  'moved.explanation':
    'The tag {{tag}} was moved since you chose it. It means another image now.',
  'moved.seen': 'You chose',
  'moved.now': 'It means now',
  'moved.allow': 'Yes, deploy the digest that I chose',
  'moved.useNew': 'Take the new digest instead',
  'rollback.title': 'Roll back {{workload}}',
  'rollback.where': 'Where',
  'rollback.place': '{{environment}} · {{cluster}} / {{namespace}}',
  'rollback.from': 'From',
  'rollback.to': 'Back to',
  'rollback.holds':
    'Auto deploy is on here. It will be held, so that the next push does not undo this. Resume it when you want pushes to deploy again.',
  'rollback.note':
    'The image is deployed by its digest, after a look whether it still exists.',
  'rollback.confirm': 'Roll back',
  'rollback.failed': 'It was not rolled back',
  'rollback.gone': '{{image}} is not in its registry any more.',
  'rollback.offered':
    'Offered instead is {{image}}, the newest earlier one that was healthy here and still exists.',
  'rollback.unknownThere':
    'Its registry cannot be asked whether the image still exists; the nodes may hold it.',
  'rollback.checkFailed': 'It could not be looked up what exists',
  'rollback.loadFailed': 'The rollout to undo could not be read',
} as const;
