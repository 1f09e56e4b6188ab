/** What a failed rollout left. */
export const evidenceMessages = {
  'evidence.open': 'Log',
  'evidence.title': 'What the failure left',
  'evidence.subtitle': 'As it was {{time}}; kept for a limited time',
  'evidence.logOf': 'Log of {{pod}} · {{container}}',
  'evidence.logBefore':
    'Log of {{pod}} · {{container}}, before its last restart',
  'evidence.events': 'Events',
  'evidence.event': '{{kind}} {{name}} · {{reason}} · {{times}}×',
  'evidence.pullMessages': 'What was said of the image',
  'evidence.truncated': 'Older lines and events were left out.',
  'evidence.empty':
    'Neither logs nor events were left: the pods had not started, or could not be read.',
  'evidence.loadFailed': 'What the failure left could not be read',
} as const;
