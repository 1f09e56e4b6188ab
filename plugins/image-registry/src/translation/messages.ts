import { activityMessages } from './activityMessages';
import { createMessages } from './createMessages';
import { formMessages } from './formMessages';
import { imagesMessages } from './imagesMessages';
import { pageMessages } from './pageMessages';
import { protectionMessages } from './protectionMessages';
import { reviewMessages } from './reviewMessages';
import { webhookMessages } from './webhookMessages';

/** English, by dotted key; the keys of every language. */
export const messages = {
  ...pageMessages,
  ...formMessages,
  ...webhookMessages,
  ...imagesMessages,
  ...protectionMessages,
  ...activityMessages,
  ...createMessages,
  ...reviewMessages,
} as const;
