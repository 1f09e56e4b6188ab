/** Sentences about places, pull secrets and new components, by reason code. */
export const placeReasonMessages = {
  'reason.no-fitting-node':
    'None of the {{total}} nodes takes these pods: their node selector, affinity and tolerations fit no node',
  'reason.nodes-unreadable':
    'The portal may not list the nodes of {{cluster}}, so their platforms are not known',
  'reason.pull-secrets-unreadable':
    'The portal may not read the secrets of namespace {{namespace}}, so whether it can pull from {{host}} is not known',
  'reason.pull-secret-fits': 'Secret {{secret}} has a login for {{host}}',
  'reason.pull-secret-expired':
    'The login for {{host}} in secret {{secret}} ended at {{expiresAt}}',
  'reason.pull-secret-malformed':
    'Secret {{secret}} holds no login that a node can read',
  'reason.pull-secret-missing':
    'Secret {{secret}} is named but does not exist in namespace {{namespace}}',
  'reason.pull-secret-other-host':
    'Secret {{secret}} is for {{hosts}}, not for {{host}}',
  'reason.pull-secret-none':
    'Neither the workload nor service account {{serviceAccount}} names a pull secret in namespace {{namespace}}',
  'reason.pull-login-unknown':
    'The login for clusters could not be read: {{message}}',
  'reason.quota-exceeded':
    'Quota {{quota}} of namespace {{namespace}} has no room: {{resource}} {{used}} of {{hard}} is used, {{added}} more is needed',
  'reason.quota-unreadable':
    'The portal may not read the quotas of namespace {{namespace}}',
  'reason.test-pod-failed':
    'The test pod ended before its image was there: {{detail}}',
  'reason.test-pull-broke-off': 'The test pull broke off: {{detail}}',
  'reason.test-pull-late': 'The image was not there in time',
  'reason.creation-cannot-wait':
    '{{environment}} protects what runs there, and what is made new cannot wait for that. Make it in another environment, and promote its image from there.',
  'reason.component-exists':
    'The catalog has a component {{name}} already; choose another name',
  'reason.value-required': 'Required',
  'reason.name-too-long':
    '“{{value}}” is too long: at most {{most}} characters',
  'reason.name-no-label':
    '“{{value}}”: lower-case letters, digits and -, beginning and ending with a letter or digit',
  'reason.name-no-subdomain':
    '“{{value}}”: lower-case letters, digits, - and ., beginning and ending with a letter or digit',
  'reason.name-no-service':
    '“{{value}}”: lower-case letters, digits and -, beginning with a letter and ending with a letter or digit',
  'reason.port-name-invalid':
    '“{{value}}”: lower-case letters, digits and single -, with at least one letter',
  'reason.port-out-of-range': '{{value}} is no port: 1 to 65535',
  'reason.number-out-of-range':
    '“{{value}}” is no whole number from {{least}} to {{most}}',
  'reason.reference-incomplete':
    '“{{value}}”: a full reference such as group:default/team',
  'reason.component-selects-otherwise':
    '{{component}} finds its workloads by {{selector}}, which a new one would not fit; remove the annotation {{annotation}}',
  'reason.component-is-elsewhere':
    '{{component}} looks for its workloads in {{place}} only; choose that, or change the annotation {{annotation}}',
  'reason.env-name-invalid':
    '“{{value}}”: printable characters of ASCII, without =',
  'reason.secret-key-invalid': '“{{value}}”: letters, digits, -, _ and .',
  'reason.label-value-invalid':
    '“{{value}}”: letters, digits, -, _ and ., beginning and ending with a letter or digit',
  'reason.host-is-address':
    '“{{value}}”: a DNS name, no IP address and no port',
  'reason.quantity-invalid':
    '“{{value}}” is no quantity: a number with a unit, such as 250m, 0.5, 128Mi or 1Gi',
  'reason.quantity-negative': '{{value}} is less than 0',
  'reason.quantity-not-positive': '{{value}} is not more than 0',
  'reason.request-above-limit':
    'The request {{value}} is more than the limit {{limit}}',
  'reason.mount-path-invalid':
    '“{{value}}”: a path that begins with /, without : and without ..',
  'reason.path-invalid':
    '“{{value}}”: a path that begins with /, without // and ..',
  'reason.value-taken': '“{{value}}” is named twice',
  'reason.env-value-and-secret': 'Either a value or a secret, not both',
  'reason.port-unknown': '{{value}} is none of the ports of the component',
  'reason.service-needs-port': 'A service needs at least one port',
  'reason.ingress-needs-service': 'An ingress needs a service',
  'reason.tls-needs-host': 'TLS needs a host',
  'reason.restricted-needs-user':
    'The restricted profile does not let user 0 (root) run',
  'reason.object-exists':
    '{{kind}} {{name}} exists already in {{namespace}}; choose another name',
  'reason.refused-by-server': 'The cluster refuses it: {{detail}}',
  'reason.not-made-here':
    '{{name}} was not made from an image here; change it where its manifests are',
  'reason.kept-by-tool':
    '{{tool}} keeps {{name}} and would undo a change; change it in its source',
  'reason.field-owned':
    '{{field}} belongs to {{owner}}, which may set it again; change it there',
  'reason.field-stays':
    '{{field}} was also set by {{owner}}, so it stays; remove it there first',
} as const;
