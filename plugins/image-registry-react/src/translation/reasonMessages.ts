/** Sentences by reason code, with the values they name. */
export const reasonMessages = {
  'reason.reference-empty': 'The image reference is empty.',
} as const;
