import { ProviderDescriptor } from '@slipway/backstage-plugin-image-registry-common';

/** quay.io, Red Hat Quay and Project Quay. */
export const quayDescriptor: ProviderDescriptor = {
  id: 'quay',
  title: 'Quay',
  form: {
    addressPlaceholder: 'https://quay.io',
    namespaceLabel: 'Organization or user',
    labelTranslations: { zh: { namespace: '组织或用户' } },
    anonymous: true,
    fields: [
      {
        name: 'username',
        in: 'credentials',
        type: 'text',
        label: 'Robot account or user',
        helperText: 'For pulling. A robot account is written organization+name',
        placeholder: 'acme+portal',
        translations: {
          zh: {
            label: '机器人账户或用户',
            helperText: '用于拉取镜像。机器人账户写作“组织+名称”',
          },
        },
      },
      {
        name: 'password',
        in: 'credentials',
        type: 'secret',
        label: 'Robot token or encrypted password',
        helperText:
          'A user generates an encrypted password under Account Settings; the plain one is refused by many installations',
        translations: {
          zh: {
            label: '机器人令牌或加密密码',
            helperText:
              '用户可在 Account Settings 中生成加密密码；许多安装不接受明文密码',
          },
        },
      },
      {
        name: 'applicationToken',
        in: 'credentials',
        type: 'secret',
        label: 'OAuth application token',
        helperText:
          'A second credential, for Quay’s API: it gives lists, push times and scans, and the API does not know robot accounts. In the organization open Applications, create one, and generate a token with "View all visible repositories" and "Read User Information"; to make webhooks also with "Administer Repositories". Without it, tags of private repositories come without times',
        translations: {
          zh: {
            label: 'OAuth 应用令牌',
            helperText:
              '第二个凭据，用于 Quay 的 API：提供列表、推送时间和扫描结果；该 API 不认识机器人账户。在组织中打开 Applications 新建应用，生成令牌并勾选 View all visible repositories 和 Read User Information；如需创建 Webhook，再勾选 Administer Repositories。没有它时，私有镜像的 Tag 没有时间信息',
          },
        },
      },
    ],
  },
  hosts: ['quay.io'],
  capabilities: {
    catalog: true,
    pushTime: true,
    size: true,
    search: true,
    visibility: true,
    createWebhook: true,
  },
  webhook: {
    authentication: 'url',
    steps: [
      'Open the repository on {{address}} and choose Settings, then Events and Notifications, Create Notification. Quay keeps notifications by repository: repeat this for each of {{repositories}}.',
      'When this event occurs: Push to Repository. Then issue a notification: Webhook POST.',
      'Webhook URL: {{url}}',
      'Leave the POST template empty and save. Quay signs nothing: whoever has this URL can make the portal look at the repository, so keep it to yourself.',
      'Push a tag. It appears in the webhook log. After three failed calls in a row Quay switches a notification off.',
    ],
    translations: {
      zh: [
        '在 {{address}} 上打开镜像，选择 Settings，在 Events and Notifications 中点击 Create Notification。Quay 按镜像保存通知：请对 {{repositories}} 逐一设置。',
        '事件（When this event occurs）：Push to Repository；通知方式：Webhook POST。',
        'Webhook URL：{{url}}',
        'POST template 留空并保存。Quay 不发送签名：持有此 URL 的人都能让门户检查该镜像，请勿泄露。',
        '推送一个 Tag，它会出现在 Webhook 日志中。连续失败三次后，Quay 会停用该通知。',
      ],
    },
  },
};
