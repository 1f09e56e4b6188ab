import { ProviderDescriptor } from '@slipway/backstage-plugin-image-registry-common';

/** Docker Hub, by any of its host names. */
export const dockerHubDescriptor: ProviderDescriptor = {
  id: 'docker-hub',
  title: 'Docker Hub',
  form: {
    addressPlaceholder: 'docker.io',
    namespaceLabel: 'Organization (or user)',
    labelTranslations: { zh: { namespace: '组织（或用户）' } },
    anonymous: true,
    fields: [
      {
        name: 'username',
        in: 'credentials',
        type: 'text',
        label: 'Docker ID',
        helperText:
          'A user; with an organization access token, the name of the organization',
        required: true,
        translations: {
          zh: {
            label: 'Docker ID',
            helperText: '用户名；使用组织访问令牌时填写组织名',
          },
        },
      },
      {
        name: 'password',
        in: 'credentials',
        type: 'secret',
        label: 'Access token or password',
        helperText:
          'A personal access token with the permission Repo Read-only, or an organization access token that may pull these repositories. A password works where single sign-on is not enforced',
        required: true,
        translations: {
          zh: {
            label: '访问令牌或密码',
            helperText:
              '具有 Repo Read-only 权限的个人访问令牌，或可拉取这些镜像的组织访问令牌。未强制单点登录时也可使用密码',
          },
        },
      },
    ],
  },
  hosts: [
    'docker.io',
    'registry-1.docker.io',
    'index.docker.io',
    'hub.docker.com',
    'registry.hub.docker.com',
  ],
  capabilities: {
    catalog: true,
    pushTime: true,
    size: true,
    search: true,
    visibility: true,
  },
  webhook: {
    authentication: 'url',
    steps: [
      'Open the repository ({{repositories}}) on hub.docker.com and choose Webhooks. Each repository has its own.',
      'Enter any name, and as Webhook URL: {{url}}',
      'Save. There is nothing to tick: every pushed tag is sent. Docker Hub sends no signature: whoever has this URL can make the portal look at the repository, so keep it to yourself.',
      'Push a tag. It appears in the webhook log.',
    ],
    translations: {
      zh: [
        '在 hub.docker.com 上打开该镜像（{{repositories}}），选择 Webhooks。每个镜像需单独添加。',
        '填写任意名称，Webhook URL 填写：{{url}}',
        '保存。无需勾选事件：每次推送 Tag 都会发送。Docker Hub 不发送签名：持有此 URL 的人都能让门户检查该镜像，请勿泄露。',
        '推送一个 Tag，它会出现在 Webhook 日志中。',
      ],
    },
  },
};
