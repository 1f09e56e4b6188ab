import { ProviderDescriptor } from '@slipway/backstage-plugin-image-registry-common';
import { signInMethods } from './signIn';
import { TITLE } from './title';

/** Alibaba Cloud Container Registry (ACR), Personal and Enterprise Edition. */
export const alibabaDescriptor: ProviderDescriptor = {
  id: 'alibaba-acr',
  title: TITLE,
  form: {
    addressPlaceholder: 'my-instance-registry.cn-hangzhou.cr.aliyuncs.com',
    namespaceLabel: 'Namespace',
    labelTranslations: { zh: { namespace: '命名空间' } },
    anonymous: true,
    methods: [
      {
        id: signInMethods.accessKeys,
        label: 'Access keys',
        helperText:
          'Of a RAM user: lists namespaces, repositories and tags, and pulls with temporary logins',
        translations: {
          zh: {
            label: '访问密钥（AccessKey）',
            helperText:
              'RAM 用户的 AccessKey：可列出命名空间、镜像名称和 Tag，并使用临时登录凭证拉取镜像',
          },
        },
      },
      {
        id: signInMethods.password,
        label: 'Docker username and password',
        helperText:
          'The fixed password of the access credential: repositories are typed, their tags are listed',
        translations: {
          zh: {
            label: '用户名和固定密码',
            helperText:
              '访问凭证中的固定密码：镜像名称需手动填写，Tag 可以列出',
          },
        },
      },
    ],
    fields: [
      {
        name: 'accessKeyId',
        in: 'credentials',
        type: 'text',
        label: 'AccessKey ID',
        placeholder: 'LTAI5t…',
        required: true,
        method: signInMethods.accessKeys,
        translations: { zh: { label: 'AccessKey ID' } },
      },
      {
        name: 'accessKeySecret',
        in: 'credentials',
        type: 'secret',
        label: 'AccessKey Secret',
        helperText:
          'Edition, region and instance are read from the registry itself',
        required: true,
        method: signInMethods.accessKeys,
        translations: {
          zh: {
            label: 'AccessKey Secret',
            helperText: '版本、地域和实例会从仓库自动识别，无需填写',
          },
        },
      },
      {
        name: 'username',
        in: 'credentials',
        type: 'text',
        label: 'Docker username',
        helperText:
          'As in the docker login command that the console shows, for example user@account',
        required: true,
        method: signInMethods.password,
        translations: {
          zh: {
            label: '用户名',
            helperText:
              '与控制台访问凭证页面的 docker login 命令一致，例如 用户名@企业别名',
          },
        },
      },
      {
        name: 'password',
        in: 'credentials',
        type: 'secret',
        label: 'Fixed password',
        helperText: 'Set in the console under Access Credential',
        required: true,
        method: signInMethods.password,
        translations: {
          zh: {
            label: '固定密码',
            helperText: '在控制台的“访问凭证”页面设置',
          },
        },
      },
    ],
  },
  hosts: ['*.aliyuncs.com'],
  capabilities: {
    catalog: true,
    pushTime: true,
    size: true,
    search: true,
    immutability: true,
    visibility: true,
    createWebhook: true,
    temporaryPullCredential: true,
  },
  webhook: {
    authentication: 'url',
    steps: [
      'In the Container Registry console open the repository ({{repositories}}) and choose Trigger, then Create.',
      'Trigger URL: {{url}}',
      'The secret is a part of this URL, because triggers send no header: treat the URL as a password. Only https on port 443 with a certificate of a public authority works.',
      'Trigger: All (the auto-deploy policy chooses among tags). Each repository needs a trigger of its own.',
      'Enterprise Edition, instead of triggers: in EventBridge make a rule for the source acs.cr with the events cr:Artifact:PushCompleted and cr:Artifact:BuildCompleted, and the same URL as HTTP target.',
      'Save, then push a tag: it appears in the webhook log, and in the access log of the trigger.',
    ],
    translations: {
      zh: [
        '在容器镜像服务控制台打开镜像仓库（{{repositories}}），选择“触发器”，然后点击“创建”。',
        '触发器 URL：{{url}}',
        '触发器不能发送请求头，因此密钥包含在该 URL 中：请像密码一样保管。仅支持 443 端口的 HTTPS，且证书须由公共机构签发。',
        '触发方式：全部触发（由自动部署策略选择 Tag）。每个镜像名称都需要单独创建触发器。',
        '企业版也可以使用事件总线 EventBridge：为事件源 acs.cr 创建规则，选择事件 cr:Artifact:PushCompleted 和 cr:Artifact:BuildCompleted，并把上面的 URL 设为 HTTP 目标。',
        '保存后推送一个 Tag，它会出现在 Webhook 日志和触发器的访问记录中。',
      ],
    },
  },
};
