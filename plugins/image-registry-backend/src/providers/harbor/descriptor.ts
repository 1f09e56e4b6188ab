import { ProviderDescriptor } from '@slipway/backstage-plugin-image-registry-common';

/** Harbor 2.x. */
export const harborDescriptor: ProviderDescriptor = {
  id: 'harbor',
  title: 'Harbor',
  form: {
    addressPlaceholder: 'https://harbor.example.com',
    namespaceLabel: 'Project',
    labelTranslations: { zh: { namespace: '项目' } },
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
          'The robot account needs Repository: List and Pull, and Artifact: List and Read. Project: Read shows what is public, Quota: Read how much room is left, and the four of Notification Policy let the portal make the webhook',
        required: true,
        translations: {
          zh: {
            label: '令牌或密码',
            helperText:
              '机器人账户需要 Repository 的 List、Pull 权限和 Artifact 的 List、Read 权限。Project: Read 用于显示是否公开，Quota: Read 用于显示剩余空间，Notification Policy 的四项权限使门户能够创建 Webhook',
          },
        },
      },
    ],
  },
  hosts: ['*.goharbor.io'],
  capabilities: {
    catalog: true,
    pushTime: true,
    size: true,
    search: true,
    scan: true,
    signature: true,
    immutability: true,
    visibility: true,
    quota: true,
    createWebhook: true,
  },
  webhook: {
    authentication: 'header',
    steps: [
      'Open the project {{namespace}} in Harbor at {{address}} and choose Webhooks, then New Webhook. Each project has its own; the account must be its Project Admin.',
      'Notify type: http. Payload format: CloudEvents, or Default. Event types: Artifact pushed; and Artifact deleted, Scanning finished, Scanning failed and Scanning stopped for what waits for a scan.',
      'Endpoint URL: {{url}}',
      'Auth header: Bearer {{secret}}',
      'Save, then push a tag to {{repositories}}: it appears in the webhook log. Harbor sends nothing when a tag is added in its user interface.',
    ],
    translations: {
      zh: [
        '在 Harbor（{{address}}）中打开项目 {{namespace}}，选择 Webhooks，然后新建 Webhook。每个项目需单独创建；账户必须是该项目的项目管理员。',
        '通知类型：http。载荷格式：CloudEvents 或 Default。事件类型：Artifact pushed；若需等待扫描结果，再勾选 Artifact deleted、Scanning finished、Scanning failed 和 Scanning stopped。',
        'Endpoint 地址：{{url}}',
        'Auth Header：Bearer {{secret}}',
        '保存后向 {{repositories}} 推送一个 Tag，它会出现在 Webhook 日志中。在 Harbor 界面上添加 Tag 不会发送事件。',
      ],
    },
  },
};
