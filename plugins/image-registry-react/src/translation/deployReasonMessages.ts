/** Sentences about what is looked at before a deploy, by reason code. */
export const deployReasonMessages = {
  'reason.comparison-listing-incomplete':
    'The list of tags is not complete: {{why}}',
  'reason.comparison-no-order':
    'The registry does not tell when both were pushed, and their tags are of different kinds, so what lies in between is not known',
  'reason.comparison-cut': '{{rest}} older tags in between are left out',
  'reason.comparison-unread':
    '{{image}} could not be read in the registry now, so it tells nothing of itself',
  'reason.platforms-cover':
    '{{image}}: runs on all {{count}} nodes that these pods may run on',
  'reason.platforms-some':
    'The image is for {{image}}, but some nodes that these pods may run on are {{nodes}}',
  'reason.platforms-none':
    'The image is for {{image}}, but all nodes that these pods may run on are {{nodes}}',
  'reason.not-checked': 'Not known: {{detail}}',
  'reason.manifest-given': 'The registry gives it out to clusters',
  'reason.manifest-refused':
    'The registry does not give it out to clusters now: {{detail}}',
  'reason.pull-anonymous': '{{registry}} is pulled from without a login',
  'reason.cluster-allows': 'The cluster lets the portal write it',
  'reason.cluster-denies':
    'The portal ({{user}}) lacks a right in namespace {{namespace}}: {{what}}',
  'reason.quota-has-room': 'There is room for one more pod',
  'reason.argo-cd-would-undo': 'Argo CD application {{name}} would undo this',
  'reason.flux-would-undo': 'Flux object {{name}} would undo this',
  'reason.gitops-would-undo': '{{title}} would undo this',
} as const;
