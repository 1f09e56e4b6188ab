import {
  coreServices,
  createServiceFactory,
} from '@backstage/backend-plugin-api';

/**
 * Stands in for the framework's reader of URLs, whose SDKs of all clouds take
 * most of the time that a test file needs to load the framework's test
 * utilities. Nothing of this plugin reads URLs through it.
 */
export const urlReaderServiceFactory = createServiceFactory({
  service: coreServices.urlReader,
  deps: {},
  factory: () => {
    throw new Error('Tests of this plugin read no URLs');
  },
});
