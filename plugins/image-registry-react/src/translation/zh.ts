import { messages } from './messages';
import { pickerMessages } from './zh/pickerMessages';
import { protectionMessages } from './zh/protectionMessages';
import { reasonMessages } from './zh/reasonMessages';
import { sharedMessages } from './zh/sharedMessages';

/** Chinese; a missing key fails the type check. */
const chinese: Record<keyof typeof messages, string> = {
  ...sharedMessages,
  ...pickerMessages,
  ...protectionMessages,
  ...reasonMessages,
};

// The translation API loads languages by their default export.
export default chinese;
