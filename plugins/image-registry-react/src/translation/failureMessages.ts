/**
 * Failures of registries and clusters. English says what they themselves say,
 * which a translation stands in front of.
 */
export const failureMessages = {
  'reason.registry-name-not-found': '{{detail}}',
  'reason.registry-does-not-answer': '{{detail}}',
  'reason.registry-timed-out': '{{detail}}',
  'reason.registry-certificate-untrusted': '{{detail}}',
  'reason.registry-protocol-mismatch': '{{detail}}',
  'reason.registry-address-forbidden': '{{detail}}',
  'reason.registry-login-refused': '{{detail}}',
  'reason.registry-right-missing': '{{detail}}',
  'reason.registry-knows-no-such': '{{detail}}',
  'reason.registry-limits-requests': '{{detail}}',
  'reason.registry-does-not-offer': '{{detail}}',
  'reason.registry-fails-to-answer': '{{detail}}',
  'reason.registry-answer-unreadable': '{{detail}}',
  'reason.registry-locked':
    'Locked: its credentials are encrypted with the key "{{key}}", which is not in imageRegistry.encryption.keys',
  'reason.registry-removed': 'It is no longer in app-config',
  'reason.cluster-does-not-answer': '{{detail}}',
  'reason.cluster-login-refused': '{{detail}}',
  'reason.cluster-right-missing': '{{detail}}',
  'reason.cluster-knows-no-such': '{{detail}}',
  'reason.cluster-field-owned': '{{detail}}',
  'reason.cluster-object-changed': '{{detail}}',
  'reason.cluster-has-newer': '{{detail}}',
  'reason.cluster-refuses-change': '{{detail}}',
  'reason.cluster-limits-requests': '{{detail}}',
  'reason.cluster-fails-to-answer': '{{detail}}',
  'reason.cluster-says': '{{detail}}',
  'reason.cluster-late': 'Cluster {{cluster}} did not answer in time.',
  'reason.cluster-later-than':
    'Cluster {{cluster}} did not answer within {{seconds}} seconds.',
  'reason.cluster-certificate-untrusted':
    'The certificate of cluster {{cluster}} is not trusted: configure its CA ({{error}}).',
  'reason.cluster-certificate-expired':
    'The certificate of cluster {{cluster}} has expired.',
  'reason.cluster-certificate-of-other':
    'The certificate of cluster {{cluster}} is for another name.',
  'reason.cluster-name-unknown':
    'The address of cluster {{cluster}} is not known to DNS.',
  'reason.cluster-refuses-connections':
    'Cluster {{cluster}} refuses connections.',
  'reason.cluster-connection-failed':
    'The connection to cluster {{cluster}} failed.',
  'reason.cluster-connection-failed-by':
    'The connection to cluster {{cluster}} failed ({{error}}).',
  'reason.cluster-sign-in-failed':
    'Signing in to cluster {{cluster}} failed: {{detail}}',
  'reason.cluster-answers-no-json':
    'Cluster {{cluster}} did not answer with JSON; is its address that of an API server?',
  'reason.cluster-not-https':
    'The address of this cluster is not https, so its token is not sent there.',
  'reason.cluster-not-inside':
    'imageRegistry.kubernetes.inCluster is set, but the backend does not run inside a cluster.',
  'reason.cluster-without-token':
    'This cluster has no serviceAccountToken in the configuration, so it can be viewed only.',
  'reason.cluster-sign-in-impossible':
    'Signing in with {{provider}} is not possible, so this cluster can be viewed only: {{detail}}',
  'reason.cluster-needs-module':
    "Signing in with {{provider}} needs a module that is not installed in this portal, so this cluster can be viewed only. An operator adds to the backend: backend.add(import('{{module}}'));",
  'reason.cluster-of-browser-session':
    'Signing in with {{provider}} takes the token from your browser session; background work has none, so this cluster can be viewed only.',
  'reason.cluster-sign-in-unknown':
    'Signing in with {{provider}} is not possible for background work, so this cluster can be viewed only.',
  'reason.kubeconfig-unreadable': 'The kubeconfig cannot be read: {{detail}}',
  'reason.kubeconfig-impersonates':
    'Its kubeconfig asks to impersonate a user, which is not done; name a service account of its own.',
  'reason.change-not-taken-up':
    'The cluster has not taken up the last change yet.',
  'reason.container-exited':
    'Container {{container}} ended with exit code {{exitCode}}.',
  'reason.container-out-of-memory':
    'Container {{container}} was killed: out of memory (exit code {{exitCode}}).',
  'reason.pod-container-exited':
    '{{word}}: Container {{container}} ended with exit code {{exitCode}}.',
  'reason.pod-container-out-of-memory':
    '{{word}}: Container {{container}} was killed: out of memory (exit code {{exitCode}}).',
} as const;
