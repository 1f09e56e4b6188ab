/** Types of rollout events for which there are words. */
export const stepKeys = [
  'queued',
  'waiting',
  'applying',
  'progressing',
  'progress',
  'retry',
  'rolling-back',
  'return-written',
  'succeeded',
  'failed',
  'rolled-back',
  'superseded',
  'cancelled',
  'rejected',
] as const;

/** {@inheritDoc stepKeys} */
export type StepKey = (typeof stepKeys)[number];
