import { messages } from './messages';
import { activityMessages } from './zh/activityMessages';
import { formMessages } from './zh/formMessages';
import { imagesMessages } from './zh/imagesMessages';
import { pageMessages } from './zh/pageMessages';
import { protectionMessages } from './zh/protectionMessages';
import { webhookMessages } from './zh/webhookMessages';

/** Chinese; a missing key fails the type check. */
const chinese: Record<keyof typeof messages, string> = {
  ...pageMessages,
  ...formMessages,
  ...webhookMessages,
  ...imagesMessages,
  ...protectionMessages,
  ...activityMessages,
};

// The translation API loads languages by their default export.
export default chinese;
