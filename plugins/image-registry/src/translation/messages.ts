import { activityMessages } from './activityMessages';
import { formMessages } from './formMessages';
import { imagesMessages } from './imagesMessages';
import { pageMessages } from './pageMessages';
import { protectionMessages } from './protectionMessages';
import { webhookMessages } from './webhookMessages';

/** English, by dotted key; the keys of every language. */
export const messages = {
  ...pageMessages,
  ...formMessages,
  ...webhookMessages,
  ...imagesMessages,
  ...protectionMessages,
  ...activityMessages,
} as const;
