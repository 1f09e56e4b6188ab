import { messages } from './messages';
import { formMessages } from './zh/formMessages';
import { imagesMessages } from './zh/imagesMessages';
import { pageMessages } from './zh/pageMessages';
import { webhookMessages } from './zh/webhookMessages';

/** Chinese; a missing key fails the type check. */
const chinese: Record<keyof typeof messages, string> = {
  ...pageMessages,
  ...formMessages,
  ...webhookMessages,
  ...imagesMessages,
};

// The translation API loads languages by their default export.
export default chinese;
