import { messages } from './messages';
import { autoDeployMessages } from './zh/autoDeployMessages';
import { cardMessages } from './zh/cardMessages';
import { deployMessages } from './zh/deployMessages';
import { evidenceMessages } from './zh/evidenceMessages';
import { historyMessages } from './zh/historyMessages';
import { laneMessages } from './zh/laneMessages';
import { operationMessages } from './zh/operationMessages';
import { previewMessages } from './zh/previewMessages';
import { tabMessages } from './zh/tabMessages';

/** Chinese; a missing key fails the type check. */
const chinese: Record<keyof typeof messages, string> = {
  ...tabMessages,
  ...laneMessages,
  ...deployMessages,
  ...previewMessages,
  ...operationMessages,
  ...historyMessages,
  ...evidenceMessages,
  ...autoDeployMessages,
  ...cardMessages,
};

// The translation API loads languages by their default export.
export default chinese;
