/** What a deploy would change, and what is offered to be deployed next. */
export const previewMessages = {
  'promote.button': 'Deploy {{image}} from {{environment}}',
  'compare.failed': 'What lies in between could not be read',
  'preview.refused': 'The cluster refuses this change, in its own words:',
  'preview.clusterSays': 'The cluster remarks: {{warning}}',
  'pullSecret.title': 'Let these pods pull',
  'pullSecret.explanation':
    'A secret with the login of {{registry}} is put into the Kubernetes namespace {{namespace}} and kept fresh.',
  'pullSecret.attach': 'Who pulls with it',
  'pullSecret.serviceAccount':
    'All new pods of its service account; what runs stays as it is',
  'pullSecret.workload': 'This workload alone; its pods are replaced now',
  'pullSecret.confirm': 'Put it there',
  'pullSecret.failed': 'The pull secret was not put there',
  'check.fix': 'Fix…',
  'check.manifest': 'Registry lets it go',
  'check.quota': 'Quota',
  'check.server': 'Cluster',
  'owners.undone':
    'What you deploy stays only if the same change is made where it takes its manifests from. Auto deploy stays off here unless somebody agrees to this.',
  'owners.manageDespite': 'Deploy from the portal all the same',
  'others.add': 'Also change {{container}}…',
  'others.container': 'Container {{container}}',
  'others.initContainer': 'Init container {{container}}',
  'others.remove': 'Leave {{container}} as it is',
} as const;
