import { ProviderDescriptor } from '@slipway/backstage-plugin-image-registry-common';
import { signInMethods } from './signIn';
import { TITLE } from './title';

/** Tencent Container Registry (TCR), Personal and Enterprise Edition. */
export const tencentDescriptor: ProviderDescriptor = {
  id: 'tencent-tcr',
  title: TITLE,
  form: {
    addressPlaceholder: 'my-instance.tencentcloudcr.com',
    namespaceLabel: 'Namespace',
    labelTranslations: { zh: { namespace: '命名空间' } },
    anonymous: true,
    methods: [
      {
        id: signInMethods.apiKey,
        label: 'API key',
        helperText:
          'SecretId and SecretKey of a CAM user: finds the instance by its domain, lists, and pulls with temporary access credentials',
        translations: {
          zh: {
            label: 'API 密钥',
            helperText:
              'CAM 子用户的 SecretId 和 SecretKey：根据域名自动找到实例，可列出镜像，并使用临时访问凭证拉取',
          },
        },
      },
      {
        id: signInMethods.password,
        label: 'Access credential',
        helperText:
          'Username and password of a temporary or long-term access credential: repositories are typed, their tags are listed',
        translations: {
          zh: {
            label: '访问凭证',
            helperText:
              '临时或长期访问凭证的用户名和密码：镜像名称需手动填写，Tag 可以列出',
          },
        },
      },
    ],
    fields: [
      {
        name: 'secretId',
        in: 'credentials',
        type: 'text',
        label: 'SecretId',
        placeholder: 'AKID…',
        required: true,
        method: signInMethods.apiKey,
        translations: { zh: { label: 'SecretId' } },
      },
      {
        name: 'secretKey',
        in: 'credentials',
        type: 'secret',
        label: 'SecretKey',
        helperText: 'Instance and region are found by the domain',
        required: true,
        method: signInMethods.apiKey,
        translations: {
          zh: {
            label: 'SecretKey',
            helperText: '实例和地域会根据域名自动识别，无需填写',
          },
        },
      },
      {
        name: 'username',
        in: 'credentials',
        type: 'text',
        label: 'Username',
        helperText:
          'Of the access credential: for an instance as the console shows it, for the Personal Edition the account ID. Not needed with the API key of an Enterprise instance',
        translations: {
          zh: {
            label: '用户名',
            helperText:
              '访问凭证的用户名：企业版以控制台显示为准，个人版为账号 ID。企业版使用 API 密钥时无需填写',
          },
        },
      },
      {
        name: 'password',
        in: 'credentials',
        type: 'secret',
        label: 'Password',
        helperText:
          'Of the access credential; the Personal Edition needs it to pull, also with an API key',
        translations: {
          zh: {
            label: '密码',
            helperText:
              '访问凭证的密码；个人版即使使用 API 密钥，拉取镜像也需要填写',
          },
        },
      },
    ],
  },
  hosts: [
    '*.tencentcloudcr.com',
    'ccr.ccs.tencentyun.com',
    '*.ccs.tencentyun.com',
  ],
  capabilities: {
    catalog: true,
    pushTime: true,
    size: true,
    search: true,
    visibility: true,
    createWebhook: true,
    temporaryPullCredential: true,
  },
  webhook: {
    authentication: 'header',
    steps: [
      'In the Container Registry console open the instance {{host}}, then Triggers, and choose Create. (Triggers of the Personal Edition call nothing outside Tencent Cloud.)',
      'Trigger action: push image. Namespace: {{namespace}}. Leave repositories and versions open (the auto-deploy policy chooses), or name them: {{repositories}}.',
      'URL: {{url}}',
      'Header: Authorization: Bearer {{secret}}',
      'Save, then push a tag: it appears in the webhook log, and in the log of the trigger.',
    ],
    translations: {
      zh: [
        '在容器镜像服务控制台打开实例 {{host}}，选择“触发器”，点击“新建”。（个人版的触发器无法调用腾讯云以外的地址。）',
        '触发动作：推送镜像。命名空间：{{namespace}}。镜像仓库和版本可不限制（由自动部署策略选择），也可指定：{{repositories}}。',
        'URL：{{url}}',
        'Header：Authorization: Bearer {{secret}}',
        '保存后推送一个 Tag，它会出现在 Webhook 日志和触发器日志中。',
      ],
    },
  },
};
