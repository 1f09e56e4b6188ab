import { formMessages } from './formMessages';
import { imagesMessages } from './imagesMessages';
import { pageMessages } from './pageMessages';
import { webhookMessages } from './webhookMessages';

/** English, by dotted key; the keys of every language. */
export const messages = {
  ...pageMessages,
  ...formMessages,
  ...webhookMessages,
  ...imagesMessages,
} as const;
