import { autoDeployMessages } from './autoDeployMessages';
import { cardMessages } from './cardMessages';
import { deployMessages } from './deployMessages';
import { evidenceMessages } from './evidenceMessages';
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
  ...evidenceMessages,
  ...autoDeployMessages,
  ...cardMessages,
} as const;
