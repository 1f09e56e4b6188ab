/** The tab, its states and what a person may do. */
export const tabMessages = {
  'tab.title': 'Deploy',
  'tab.loading': 'Loading what runs',
  'tab.loadFailed': 'What runs could not be loaded',
  'action.cancel': 'Cancel',
  'right.deniedOwner':
    'Only {{owners}}, who owns {{component}}, may do this. Ask them or an administrator of the portal.',
  'right.denied':
    'Only an owner of {{component}} may do this, and it has none. Ask an administrator of the portal.',
  'empty.title': 'No workload found for {{name}}',
  'empty.searched': 'Searched {{searched}} in {{clusters}}.',
  'empty.noCluster': 'No cluster answers, so nothing could be searched.',
  'empty.label':
    'Add this label to the workload and to its pods, then it appears here by itself:',
  'empty.labelName': 'label',
  'empty.create': 'Create from an image',
} as const;
