import { parseRegistryAddress } from '@slipway/backstage-plugin-image-registry-common';
import { RegistryProvider } from '@slipway/backstage-plugin-image-registry-node';
import { textOption } from '../options';
import { nexusDescriptor } from './descriptor';
import { NexusClient } from './NexusClient';
import { nexusWebhook } from './webhook';

/** Sonatype Nexus Repository 3. */
export function createNexusProvider(): RegistryProvider {
  return {
    descriptor: nexusDescriptor,
    webhook: nexusWebhook,
    validate,
    connect: connection => new NexusClient(connection),
  };
}

type ProviderInput = Parameters<NonNullable<RegistryProvider['validate']>>[0];

function validate({ options }: ProviderInput): Record<string, string> {
  const api = textOption(options.apiAddress);
  if (api !== undefined) {
    try {
      parseRegistryAddress(api);
    } catch (error) {
      return { 'options.apiAddress': (error as Error).message };
    }
  }
  return {};
}
