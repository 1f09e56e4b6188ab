import { ProviderDescriptor } from '@slipway/backstage-plugin-image-registry-common';

/** Harbor 2.x. */
export const harborDescriptor: ProviderDescriptor = {
  id: 'harbor',
  title: 'Harbor',
  form: {
    addressPlaceholder: 'https://harbor.example.com',
    namespaceLabel: 'Project',
    anonymous: true,
    fields: [
      {
        name: 'username',
        in: 'credentials',
        type: 'text',
        label: 'Robot account or user',
        helperText:
          'As Harbor shows it, with the $: robot$project+name, or a user name. Users who sign in by OIDC enter their CLI secret below',
        placeholder: 'robot$apps+portal',
        required: true,
        translations: {
          zh: {
            label: '机器人账户或用户',
            helperText:
              '按 Harbor 显示的名称填写，包含 $：robot$项目+名称；或填写用户名。通过 OIDC 登录的用户在下方填写 CLI 密码',
          },
        },
      },
      {
        name: 'password',
        in: 'credentials',
        type: 'secret',
        label: 'Secret or password',
        helperText:
          'The robot account needs the rights to list repositories, artifacts and tags, and to pull',
        required: true,
        translations: {
          zh: {
            label: '令牌或密码',
            helperText:
              '机器人账户需要列出镜像（Repository）、制品（Artifact）和 Tag 的权限，以及拉取权限',
          },
        },
      },
    ],
  },
  hosts: ['*.goharbor.io'],
  capabilities: { catalog: true, pushTime: true, size: true, search: true },
  webhook: {
    authentication: 'header',
    steps: [
      'Open the project in Harbor at {{address}} and choose Webhooks, then New Webhook.',
      'Notify type: http. Payload format: Default or CloudEvents. Events: Artifact pushed (others are recorded only).',
      'Endpoint URL: {{url}}',
      'Auth header: Bearer {{secret}}',
      'Save, then push a tag: it appears in the webhook log. Adding a tag in the user interface of Harbor sends no event.',
    ],
    translations: {
      zh: [
        '在 Harbor（{{address}}）中打开项目，选择 Webhooks，然后新建 Webhook。',
        '通知类型：http。载荷格式：Default 或 CloudEvents。事件类型：Artifact pushed（推送制品），其他事件只会被记录。',
        'Endpoint 地址：{{url}}',
        'Auth Header：Bearer {{secret}}',
        '保存后推送一个 Tag，它会出现在 Webhook 日志中。在 Harbor 界面上添加 Tag 不会发送事件。',
      ],
    },
  },
};
