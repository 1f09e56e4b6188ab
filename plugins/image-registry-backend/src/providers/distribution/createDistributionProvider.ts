import {
  createOciRegistryClient,
  RegistryProvider,
} from '@slipway/backstage-plugin-image-registry-node';
import { distributionDescriptor } from './descriptor';
import { distributionWebhook } from './webhook';

/** Docker Registry, and any other registry that speaks the OCI protocol. */
export function createDistributionProvider(): RegistryProvider {
  return {
    descriptor: distributionDescriptor,
    webhook: distributionWebhook,
    connect: connection =>
      createOciRegistryClient(connection, {
        title: distributionDescriptor.title,
      }),
  };
}
