import { ProviderDescriptor } from '@slipway/backstage-plugin-image-registry-common';

/** Docker Hub, by any of its host names. */
export const dockerHubDescriptor: ProviderDescriptor = {
  id: 'docker-hub',
  title: 'Docker Hub',
  form: {
    addressPlaceholder: 'docker.io',
    namespaceLabel: 'Namespace (user or organization)',
    anonymous: true,
    fields: [
      {
        name: 'username',
        in: 'credentials',
        type: 'text',
        label: 'Docker ID',
        helperText: 'A user, or an organization with an organization token',
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
        label: 'Access token',
        helperText:
          'A personal or organization access token with the right to read; a password works too',
        required: true,
        translations: {
          zh: {
            label: '访问令牌',
            helperText: '具有读取权限的个人或组织访问令牌；也可使用密码',
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
  ],
  capabilities: { catalog: true, pushTime: true, size: true, search: true },
  webhook: {
    authentication: 'url',
    steps: [
      'Open the repository on hub.docker.com and choose Webhooks.',
      'Enter any name, and as Webhook URL: {{url}}',
      'Save. Docker Hub sends no signature: whoever has this URL can make the portal look at the repository, so keep it to yourself.',
      'Push a tag. It appears in the webhook log.',
    ],
    translations: {
      zh: [
        '在 hub.docker.com 上打开该镜像，选择 Webhooks。',
        '填写任意名称，Webhook URL 填写：{{url}}',
        '保存。Docker Hub 不发送签名：持有此 URL 的人都能让门户检查该镜像，请勿泄露。',
        '推送一个 Tag，它会出现在 Webhook 日志中。',
      ],
    },
  },
};
