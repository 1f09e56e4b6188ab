import { ProviderDescriptor } from '@slipway/backstage-plugin-image-registry-common';
import { regionPatterns } from './addresses';
import { REGION_OPTION } from './place';
import { TITLE } from './title';

/** Huawei Cloud Software Repository for Container (SWR), both editions. */
export const huaweiDescriptor: ProviderDescriptor = {
  id: 'huawei-swr',
  title: TITLE,
  form: {
    addressPlaceholder: 'swr.cn-north-4.myhuaweicloud.com',
    namespaceLabel: 'Organization',
    labelTranslations: { zh: { namespace: '组织（命名空间）' } },
    anonymous: true,
    fields: [
      {
        name: REGION_OPTION,
        in: 'options',
        type: 'text',
        label: 'Region',
        helperText:
          'Read from the address of the basic edition; for an Enterprise instance as the console shows it',
        placeholder: 'cn-north-4',
        fromHost: regionPatterns,
        translations: {
          zh: {
            label: '区域',
            helperText:
              '基础版会从地址中自动识别；企业版请按控制台显示的区域填写',
          },
        },
      },
      {
        name: 'accessKey',
        in: 'credentials',
        type: 'text',
        label: 'Access Key',
        helperText: 'Of an IAM user (AK); the Docker login is made of the keys',
        required: true,
        translations: {
          zh: {
            label: 'Access Key（AK）',
            helperText: 'IAM 用户的访问密钥；Docker 登录指令由密钥自动生成',
          },
        },
      },
      {
        name: 'secretKey',
        in: 'credentials',
        type: 'secret',
        label: 'Secret Key',
        required: true,
        translations: { zh: { label: 'Secret Key（SK）' } },
      },
    ],
  },
  hosts: ['*.myhuaweicloud.com', '*.myhuaweicloud.eu'],
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
      'Only Enterprise instances call the portal: triggers of the basic edition deploy to CCE and CCI alone. There a push is noticed when the policy is saved or a hold is lifted.',
      'In the SWR console open the instance {{host}}, then Triggers of the organization {{namespace}}, and create one. Event: push of an artifact (PUSH_ARTIFACT).',
      'Address: {{url}}. Address type: Internet.',
      'Authentication header: Authorization:Bearer {{secret}}',
      'Save, then push a tag: it appears in the webhook log. The vendor publishes no example of what it sends; if nothing is understood, the log keeps what came.',
    ],
    translations: {
      zh: [
        '仅企业版实例可以调用本平台：基础版的触发器只能部署到 CCE 和 CCI，此时要到保存策略或解除锁定时才会发现新的推送。',
        '在 SWR 控制台打开实例 {{host}}，进入组织（命名空间）{{namespace}} 的“触发器”并新建。触发条件：推送制品（PUSH_ARTIFACT）。',
        '地址：{{url}}。地址类型：公网（internet）。',
        '鉴权请求头：Authorization:Bearer {{secret}}',
        '保存后推送一个 Tag，它会出现在 Webhook 日志中。华为云没有公开请求体示例；如果无法识别，日志会保留收到的内容。',
      ],
    },
  },
};
