import { notification, taggedName, taggedTarget } from './distribution';
import { bearer, VendorPayloads } from './VendorPayloads';

/** GitLab's registry sends the notifications of distribution. */
export const gitlab: VendorPayloads = {
  registry: { provider: 'gitlab', address: 'https://registry.gitlab.com' },
  proof: bearer,
  payloads: {
    'gitlab-registry-push': {
      body: notification('push', taggedTarget),
      contentType: 'application/vnd.docker.distribution.events.v1+json',
      events: [{ kind: 'push', ...taggedName }],
    },
  },
};
