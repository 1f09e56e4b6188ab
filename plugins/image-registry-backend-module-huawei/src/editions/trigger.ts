import { NewWebhook } from '@slipway/backstage-plugin-image-registry-node';

const ALL = { kind: 'doublestar', pattern: '**' };

/**
 * The body that makes a trigger of a namespace: for every push, to whichever
 * repository, because the endpoint knows its own.
 * https://support.huaweicloud.com/intl/en-us/api-swr2/swr_03_0901.html
 */
export function triggerOf({
  name,
  secret,
  url,
}: Pick<NewWebhook, 'name' | 'url' | 'secret'>) {
  return {
    name,
    description: 'Made by the developer portal',
    enabled: true,
    event_types: ['PUSH_ARTIFACT'],
    targets: [
      {
        type: 'http',
        address: url,
        address_type: 'internet',
        auth_header: `Authorization:Bearer ${secret}`,
        skip_cert_verify: false,
      },
    ],
    scope_rules: [
      {
        repo_scope_mode: 'regular',
        scope_selectors: {
          repository: [{ ...ALL, decoration: 'repoMatches' }],
        },
        tag_selectors: [{ ...ALL, decoration: 'matches' }],
      },
    ],
  };
}
