import { describeMutatedWebhooks } from '@slipway/provider-tests';
import { builtInProviders } from './index';

describe('calls that no vendor makes', () => {
  builtInProviders().forEach(describeMutatedWebhooks);
});
