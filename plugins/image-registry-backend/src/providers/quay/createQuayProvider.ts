import {
  because,
  RegistryProvider,
} from '@slipway/backstage-plugin-image-registry-node';
import { quayDescriptor } from './descriptor';
import { QuayClient } from './QuayClient';
import { quayWebhook } from './webhook';

/** quay.io, Red Hat Quay and Project Quay. */
export function createQuayProvider(): RegistryProvider {
  return {
    descriptor: quayDescriptor,
    webhook: quayWebhook,
    validate({ credentials }) {
      const { username, password, applicationToken } = credentials ?? {};
      if (Boolean(username) !== Boolean(password)) {
        return {
          [username ? 'credentials.password' : 'credentials.username']: because(
            'quay-login-half',
            'a robot account or user needs both its name and its token or password',
          ),
        };
      }
      return credentials && !username && !applicationToken
        ? {
            'credentials.username': because(
              'quay-login-missing',
              'give a robot account or user, an OAuth application token, or both',
            ),
          }
        : {};
    },
    connect: connection => new QuayClient(connection),
  };
}
