import { describeDescriptor } from '@slipway/provider-tests';
import { builtInProviders } from './index';

builtInProviders().forEach(describeDescriptor);
