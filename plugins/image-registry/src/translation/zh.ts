import { messages } from './messages';
import { activityMessages } from './zh/activityMessages';
import { createMessages } from './zh/createMessages';
import { formMessages } from './zh/formMessages';
import { imagesMessages } from './zh/imagesMessages';
import { pageMessages } from './zh/pageMessages';
import { protectionMessages } from './zh/protectionMessages';
import { reviewMessages } from './zh/reviewMessages';
import { webhookMessages } from './zh/webhookMessages';

/** Chinese; a missing key fails the type check. */
const chinese: Record<keyof typeof messages, string> = {
  ...pageMessages,
  ...formMessages,
  ...webhookMessages,
  ...imagesMessages,
  ...protectionMessages,
  ...activityMessages,
  ...createMessages,
  ...reviewMessages,
};

// The translation API loads languages by their default export.
export default chinese;
