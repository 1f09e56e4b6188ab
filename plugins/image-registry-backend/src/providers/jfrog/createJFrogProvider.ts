import { InputError } from '@backstage/errors';
import {
  parseRegistryAddress,
  Reason,
  SIGN_IN_OPTION,
} from '@slipway/backstage-plugin-image-registry-common';
import {
  because,
  refusal,
  RegistryProvider,
} from '@slipway/backstage-plugin-image-registry-node';
import { apiAddressProblem } from '../apiAddressProblem';
import { EXPOSED, exposesCredentials } from '../exposesCredentials';
import { textOption } from '../options';
import { signIn, subjectOf } from './credentials';
import { jfrogDescriptor } from './descriptor';
import { JFrogClient, JFrogClientOptions } from './JFrogClient';
import { toApi } from './place';
import { jfrogWebhook } from './webhook';

/** JFrog Artifactory 7, in the cloud or of one's own. */
export function createJFrogProvider(
  options: JFrogClientOptions = {},
): RegistryProvider {
  return {
    descriptor: jfrogDescriptor,
    webhook: jfrogWebhook,
    normalizeAddress,
    validate,
    connect: connection => new JFrogClient(connection, options),
  };
}

/** Pages and the API have paths; where images are pulled from has none. */
function normalizeAddress(address: string): string {
  const { url } = parseRegistryAddress(
    address.trim().replace(/(?<=[^/:])\/(artifactory|ui)(\/.*)?$/, ''),
  );
  const { origin, pathname } = new URL(url);
  if (pathname !== '/') {
    throw refusal(
      InputError,
      because(
        'jfrog-address-has-path',
        `Images are pulled from ${origin}; what follows is the repository key, which has a field of its own`,
        { origin },
      ),
    );
  }
  return origin;
}

type ProviderInput = Parameters<NonNullable<RegistryProvider['validate']>>[0];

function validate({ address, options, credentials }: ProviderInput) {
  const problems: Record<string, Reason> = {};
  const api = textOption(options.apiAddress);
  if (api !== undefined) {
    try {
      if (exposesCredentials({ address, credentials }, toApi(api))) {
        problems['options.apiAddress'] = EXPOSED;
      }
    } catch (error) {
      problems['options.apiAddress'] = apiAddressProblem(error);
    }
  }
  if (options.accessMethod === 'port' && !textOption(options.repositoryKey)) {
    problems['options.repositoryKey'] = because(
      'jfrog-port-needs-key',
      'is needed for the port method: nothing else tells which repository the port stands for',
    );
  }
  if (
    options[SIGN_IN_OPTION] === signIn.accessToken &&
    credentials?.accessToken &&
    !credentials.username &&
    !subjectOf(credentials.accessToken)
  ) {
    problems['credentials.username'] = because(
      'jfrog-token-needs-name',
      'is needed: a reference token does not tell whose it is',
    );
  }
  return problems;
}
