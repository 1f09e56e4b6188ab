import {
  parseRegistryAddress,
  Reason,
} from '@slipway/backstage-plugin-image-registry-common';
import { RegistryProvider } from '@slipway/backstage-plugin-image-registry-node';
import { apiAddressProblem } from '../apiAddressProblem';
import { EXPOSED, exposesCredentials } from '../exposesCredentials';
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

function validate(input: ProviderInput): Record<string, Reason> {
  const api = textOption(input.options.apiAddress);
  if (api !== undefined) {
    try {
      if (exposesCredentials(input, parseRegistryAddress(api).url)) {
        return { 'options.apiAddress': EXPOSED };
      }
    } catch (error) {
      return { 'options.apiAddress': apiAddressProblem(error) };
    }
  }
  return {};
}
