import {
  advise,
  RegistryError,
} from '@slipway/backstage-plugin-image-registry-node';
import { TITLE } from './title';

/**
 * A name as triggers may have: 2 to 30 lower-case letters, digits and
 * underscores, none of these first.
 */
export function triggerName(name: string): string {
  const clean = name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^_+|_+$/g, '')
    .slice(0, 30);
  return clean.length < 2 ? `portal_${clean}`.replace(/_$/, '') : clean;
}

/**
 * Triggers carry their secret in the URL, so it must not travel in the open;
 * and the vendor calls https on its own port only.
 * https://www.alibabacloud.com/help/en/acr/user-guide/use-triggers
 *
 * @throws RegistryError saying what the URL lacks
 */
export function assertTriggerUrl(url: string, operation: string): void {
  const { port, protocol } = new URL(url);
  if (protocol !== 'https:' || port !== '') {
    throw new RegistryError(
      'unsupported',
      `${TITLE}: could not ${operation}: it calls only https on port 443, with a certificate of a public authority`,
      {
        hint: advise(
          'aliyun-webhook-address',
          'Give the portal such an address in the setting of its webhook URL',
        ),
      },
    );
  }
}
