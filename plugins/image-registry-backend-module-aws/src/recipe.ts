import { WebhookRecipe } from '@slipway/backstage-plugin-image-registry-common';

/**
 * ECR calls nobody itself; EventBridge does, directly or through SNS. The URL
 * carries the secret; with the ARN of a topic, the signature of SNS is
 * required beside it.
 */
export const ecrRecipe: WebhookRecipe = {
  authentication: 'sns',
  settings: [
    {
      name: 'topicArn',
      in: 'options',
      type: 'text',
      label: 'Topic ARN (only with Amazon SNS)',
      helperText:
        'Messages are then accepted from this topic only, and their signature is verified. Leave it empty for an EventBridge API destination',
      placeholder: 'arn:aws:sns:eu-west-1:123456789012:ecr-pushes',
      translations: {
        zh: {
          label: '主题 ARN（仅用于 Amazon SNS）',
          helperText:
            '填写后只接受该主题的消息，并验证其签名。使用 EventBridge API 目标时留空',
        },
      },
    },
  ],
  steps: [
    'In the AWS console open Amazon EventBridge, in the account and region of {{host}}. ECR Public has no events.',
    'Under Connections create one with authorization type API key: API key name x-api-key, value {{secret}}',
    'Under API destinations create one with this connection, HTTP method POST and as API destination endpoint: {{url}}',
    'Under Rules create a rule on the default event bus with the event pattern below (event: ECR Image Action, action-type PUSH) and the API destination as its target.',
    'Instead of the API destination, an Amazon SNS standard topic can be the target: enter its ARN here, then create a subscription with protocol HTTPS and endpoint {{url}}, raw message delivery off. The portal confirms it by itself.',
    'Push a tag: it appears in the webhook log. AWS delivers these events on a best-effort basis: a push whose event is lost is noticed when the policy is saved or a hold is lifted.',
  ],
  snippet: JSON.stringify(
    {
      source: ['aws.ecr'],
      'detail-type': ['ECR Image Action'],
      detail: { 'action-type': ['PUSH'], result: ['SUCCESS'] },
    },
    undefined,
    2,
  ),
  translations: {
    zh: [
      '在 AWS 控制台中打开 Amazon EventBridge，选择 {{host}} 所在的账号和区域。ECR Public 没有事件。',
      '在“连接（Connections）”中新建连接，授权类型选择 API 密钥：API 密钥名称填写 x-api-key，值填写 {{secret}}',
      '在“API 目标（API destinations）”中使用该连接新建目标，HTTP 方法选择 POST，API 目标端点填写：{{url}}',
      '在“规则（Rules）”中为默认事件总线新建规则，使用下方的事件模式（事件：ECR Image Action，action-type：PUSH），目标选择该 API 目标。',
      '也可以用 Amazon SNS 标准主题代替 API 目标：在此处填写主题 ARN，然后新建协议为 HTTPS、端点为 {{url}} 的订阅，并关闭原始消息传输。门户会自动确认订阅。',
      '推送一个 Tag，它会出现在 Webhook 日志中。AWS 只会尽力投递这些事件：如果某次推送的事件丢失，要到保存策略或解除锁定时才会发现这次推送。',
    ],
  },
};
