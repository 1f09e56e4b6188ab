import { describeDescriptor } from '@slipway/provider-tests';
import { createAlibabaProvider } from './createAlibabaProvider';

describeDescriptor(createAlibabaProvider());
