import { RegistryProvider } from '@slipway/backstage-plugin-image-registry-node';
import { harborDescriptor } from './descriptor';
import { HarborClient } from './HarborClient';
import { harborWebhook } from './webhook';

/** Harbor 2.x. */
export function createHarborProvider(): RegistryProvider {
  return {
    descriptor: harborDescriptor,
    webhook: harborWebhook,
    connect: connection => new HarborClient(connection),
  };
}
