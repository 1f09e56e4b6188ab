/** Why a webhook call is not let in. */
export const proofMessages = {
  'reason.webhook-secret-wrong': 'The secret is wrong',
  'reason.webhook-secret-missing': 'The call carried no secret',
  'reason.webhook-setting-missing':
    'The endpoint lacks {{settings}} to verify signatures',
  'reason.webhook-proof-refused': 'The call is not proven: {{said}}',
  'reason.sns-raw-delivery':
    'Raw messages of Amazon SNS have no signature; switch raw message delivery off at the subscription',
  'reason.sns-other-topic':
    'The message is of {{sent}}, and not of {{expected}}',
  'reason.sns-no-topic': 'The message names no topic; expected is {{expected}}',
  'reason.sns-signature-version': 'The SignatureVersion is neither 1 nor 2',
  'reason.sns-signature-differs': 'The signature of the message does not match',
  'reason.sns-type-unsigned':
    'The Type of the message is none that Amazon SNS signs',
  'reason.sns-certificate-elsewhere':
    'The SigningCertURL is not one of Amazon SNS',
  'reason.sns-certificate-unreadable':
    'What is served at the SigningCertURL is no certificate',
  'reason.sns-certificate-not-valid':
    'The certificate of the signature is not valid now',
  'reason.google-token-missing':
    'The call carries no token; enable authentication at the push subscription',
  'reason.google-token-of-other':
    'The token is not of the service account {{serviceAccount}}',
  'reason.google-token-for-other':
    'The audience of the token is not {{audience}}',
  'reason.google-token-claim': 'The token does not say what it must: {{claim}}',
  'reason.google-token-expired': 'The token has expired',
  'reason.google-token-unsigned': 'The token is not one that Google signed',
} as const;
