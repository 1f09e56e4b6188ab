import { WebhookRecipe } from '@slipway/backstage-plugin-image-registry-common';

/** How a webhook of a registry, or of Event Grid, is made by hand. */
export const azureAcrRecipe: WebhookRecipe = {
  authentication: 'header',
  steps: [
    'In the Azure portal open the container registry {{host}} and choose Services › Webhooks, then Add. Or run the command below.',
    'Service URI: {{url}}',
    'Custom headers: Authorization: Bearer {{secret}}',
    'Actions: push (delete and the others are recorded only). Scope: empty, or one repository as in team/web:*',
    'Create, then use Ping: it appears in the webhook log.',
    'With Azure Event Grid instead: Events › Event Subscription, event schema Event Grid Schema, event type Image Pushed, endpoint type Web Hook, endpoint {{url}}/{{secret}}. The secret is part of the address because Event Grid checks the endpoint before it sends headers of yours.',
  ],
  snippet: [
    'az acr webhook create --name portal \\',
    '  --registry "$(echo {{host}} | cut -d. -f1)" \\',
    '  --actions push delete --uri "{{url}}" \\',
    '  --headers "Authorization=Bearer {{secret}}"',
  ].join('\n'),
  translations: {
    zh: [
      '在 Azure 门户中打开容器注册表 {{host}}，选择 服务 › Webhook，点击添加。也可以运行下面的命令。',
      '服务 URI：{{url}}',
      '自定义标头：Authorization: Bearer {{secret}}',
      '操作：push（delete 等其他操作只会被记录）。范围：留空，或填写一个镜像名称，例如 team/web:*',
      '创建后使用 Ping，它会出现在 Webhook 日志中。',
      '也可以使用 Azure 事件网格（Event Grid）：事件 › 事件订阅，事件架构 Event Grid Schema，事件类型 Image Pushed，终结点类型 Web Hook，终结点 {{url}}/{{secret}}。事件网格在发送自定义标头之前会验证终结点，因此密钥是地址的一部分。',
    ],
  },
};
