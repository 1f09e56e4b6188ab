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
} as const;
