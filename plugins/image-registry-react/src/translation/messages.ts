import { pickerMessages } from './pickerMessages';
import { reasonMessages } from './reasonMessages';
import { sharedMessages } from './sharedMessages';

/** English, by dotted key; the keys of every language. */
export const messages = {
  ...sharedMessages,
  ...pickerMessages,
  ...reasonMessages,
} as const;
