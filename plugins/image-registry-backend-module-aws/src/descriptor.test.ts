import { describeDescriptor } from '@slipway/provider-tests';
import { createEcrProvider } from './createEcrProvider';

describe.each([true, false])(
  'with the identity of the backend: %s',
  ambientIdentity => {
    describeDescriptor(createEcrProvider({ ambientIdentity }));
  },
);
