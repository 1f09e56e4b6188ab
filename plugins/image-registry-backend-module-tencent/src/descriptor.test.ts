import { describeDescriptor } from '@slipway/provider-tests';
import { createTencentProvider } from './createTencentProvider';

describeDescriptor(createTencentProvider());
