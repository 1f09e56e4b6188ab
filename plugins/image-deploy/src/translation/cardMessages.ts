/** The card on a component's overview page. */
export const cardMessages = {
  'overview.title': 'Deployed',
  'overview.open': 'Open Deploy',
  'overview.loadFailed': 'What runs could not be loaded',
  'overview.none': 'No workload found',
  'overview.where': '{{workload}} · {{container}}',
  'overview.down': 'Cluster {{cluster}} does not answer',
} as const;
