import { VendorPayloads } from './VendorPayloads';

const push = { kind: 'push', repository: 'acme/web', tag: 'v1.3.0' } as const;

/** https://docs.docker.com/docker-hub/repos/manage/webhooks/ */
export const dockerHub: VendorPayloads = {
  registry: { provider: 'docker-hub', address: 'docker.io' },
  proof: { in: 'url' },
  payloads: {
    'dockerhub-push': {
      body: {
        callback_url:
          'https://registry.hub.docker.com/u/acme/web/hook/0123456789abcdef/',
        push_data: { pushed_at: 1_763_285_400, pusher: 'ada', tag: 'v1.3.0' },
        repository: {
          comment_count: 0,
          date_created: 1_763_200_000,
          description: '',
          dockerfile: 'FROM alpine\nCMD ["sh"]\n',
          full_description: 'The shop',
          is_official: false,
          is_private: true,
          is_trusted: true,
          name: 'web',
          namespace: 'acme',
          owner: 'acme',
          repo_name: 'acme/web',
          repo_url: 'https://registry.hub.docker.com/u/acme/web/',
          star_count: 0,
          status: 'Active',
        },
      },
      events: [push],
    },
    'dockerhub-push-image-mediatype': {
      body: {
        push_data: {
          tag: 'v1.3.0',
          media_type: 'application/vnd.docker.container.image.v1+json',
        },
        repository: { repo_name: 'acme/web' },
      },
      events: [push],
    },
  },
};
