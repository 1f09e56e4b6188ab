import { RegistryProvider } from '@slipway/backstage-plugin-image-registry-node';
import { AzureAcrClient } from './AzureAcrClient';
import { azureAcrDescriptor } from './descriptor';
import { azureAcrWebhook } from './webhook';

/** Azure Container Registry. */
export function createAzureAcrProvider(): RegistryProvider {
  return {
    descriptor: azureAcrDescriptor,
    webhook: azureAcrWebhook,
    connect: connection => new AzureAcrClient(connection),
  };
}
