import { Reason } from '@slipway/backstage-plugin-image-registry-common';
import {
  because,
  RegistryConnection,
  RegistryProvider,
} from '@slipway/backstage-plugin-image-registry-node';
import { EXPOSED, exposesCredentials } from '../exposesCredentials';
import { gitlabDescriptor } from './descriptor';
import { gitlabAddress } from './gitlabAddress';
import { GitlabClient } from './GitlabClient';
import { gitlabWebhook } from './webhook';

/** By field: the address that a token would be sent to must be a safe one. */
const gitlabAddressProblems: NonNullable<RegistryProvider['validate']> = (
  input,
): Record<string, Reason> => {
  const given = input.options.gitlabAddress;
  if (!given) {
    return {};
  }
  const url = gitlabAddress(String(given));
  if (!url) {
    return {
      'options.gitlabAddress': because(
        'gitlab-address-invalid',
        'write it as https://gitlab.example.com',
      ),
    };
  }
  return exposesCredentials(input, url)
    ? { 'options.gitlabAddress': EXPOSED }
    : {};
};

/** The container registry of gitlab.com and of a GitLab of one's own. */
export function createGitlabProvider(): RegistryProvider {
  return {
    descriptor: gitlabDescriptor,
    webhook: gitlabWebhook,
    validate: gitlabAddressProblems,
    connect: connection => new GitlabClient(withRealm(connection)),
  };
}

/**
 * Tokens of the registry come from GitLab itself: whoever names its address
 * says that it may have the credentials.
 */
function withRealm(connection: RegistryConnection): RegistryConnection {
  const url = gitlabAddress(String(connection.options.gitlabAddress ?? ''));
  return url
    ? {
        ...connection,
        trustedRealms: [...(connection.trustedRealms ?? []), new URL(url).host],
      }
    : connection;
}
