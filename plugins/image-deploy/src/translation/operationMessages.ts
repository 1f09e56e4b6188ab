/** What is done to a workload beside changing its image. */
export const operationMessages = {
  'menu.restart': 'Restart…',
  'menu.stop': 'Stop…',
  'menu.start': 'Start…',
  'menu.pullSecret': 'Pull secret…',
  'menu.noRegistry': 'No connected registry serves its image.',
  'menu.edit': 'Edit…',
  'menu.manifest': 'Manifest',
  'menu.kubectl': 'Roll back with kubectl',
  'operate.restart': 'Restart',
  'operate.stop': 'Stop',
  'operate.start': 'Start',
  'operate.restartTitle': 'Restart {{workload}}?',
  'operate.stopTitle': 'Stop {{workload}}?',
  'operate.startTitle': 'Start {{workload}}?',
  'operate.restartExplanation':
    'All its pods are replaced by new ones of the same image, as its update strategy says.',
  'operate.stopExplanation':
    'All its pods end, and nothing answers until somebody starts it again. The number of its replicas is remembered.',
  'operate.startExplanation':
    'It gets as many replicas as it had before it was stopped.',
  'operate.restartFailed': 'It was not restarted',
  'operate.stopFailed': 'It was not stopped',
  'operate.startFailed': 'It was not started',
  'manifest.failed': 'The manifest could not be read',
  'kubectl.close': 'Close',
  'kubectl.explanation':
    'In a terminal whose kubectl works on {{cluster}}. The portal tells it as a change outside of it.',
} as const;
