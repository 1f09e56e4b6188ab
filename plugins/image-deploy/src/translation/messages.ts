import { autoDeployMessages } from './autoDeployMessages';
import { cardMessages } from './cardMessages';
import { deployMessages } from './deployMessages';
import { historyMessages } from './historyMessages';
import { laneMessages } from './laneMessages';
import { operationMessages } from './operationMessages';
import { previewMessages } from './previewMessages';
import { tabMessages } from './tabMessages';

/** English, by dotted key; the keys of every language. */
export const messages = {
  ...tabMessages,
  ...laneMessages,
  ...deployMessages,
  ...previewMessages,
  ...operationMessages,
  ...historyMessages,
  ...autoDeployMessages,
  ...cardMessages,
} as const;
