import { pickerMessages } from './pickerMessages';
import { protectionMessages } from './protectionMessages';
import { reasonMessages } from './reasonMessages';
import { sharedMessages } from './sharedMessages';

/** English, by dotted key; the keys of every language. */
export const messages = {
  ...sharedMessages,
  ...pickerMessages,
  ...protectionMessages,
  ...reasonMessages,
} as const;
