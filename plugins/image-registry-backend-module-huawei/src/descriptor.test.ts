import { describeDescriptor } from '@slipway/provider-tests';
import { createHuaweiProvider } from './createHuaweiProvider';

describeDescriptor(createHuaweiProvider());
