import { WebhookRecipe } from '@slipway/backstage-plugin-image-registry-common';

/** How a predefined webhook of the JFrog Platform is made by hand. */
export const jfrogRecipe: WebhookRecipe = {
  authentication: 'hmac',
  steps: [
    'Open {{address}} and choose Administration › General Management › Webhooks, then New Webhook (Predefined).',
    'URL: {{url}}',
    'Secret token: {{secret}}. Tick "Use secret for payload signing".',
    'Events › Docker: tick "A tag was pushed", and if you like "was promoted" and "was deleted" (deletions are recorded only).',
    'Repositories: choose those that hold the images: {{repositories}} {{namespace}}. Of a virtual repository choose the local ones behind it.',
    "Save, then push a tag: it appears in the webhook log. Artifactory of one's own may have to allow the address in its URL policy first.",
  ],
  translations: {
    zh: [
      '打开 {{address}}，选择 Administration › General Management › Webhooks，然后新建 Webhook（New Webhook，Predefined）。',
      'URL：{{url}}',
      'Secret token：{{secret}}。勾选“Use secret for payload signing”。',
      '事件（Events › Docker）：勾选“A tag was pushed”，需要时再勾选“was promoted”和“was deleted”（删除事件只会被记录）。',
      '仓库（Repositories）：选择存放镜像的仓库：{{repositories}} {{namespace}}。虚拟仓库请选择其包含的本地仓库。',
      '保存后推送一个 Tag，它会出现在 Webhook 日志中。自建的 Artifactory 可能需要先在 URL 策略中允许该地址。',
    ],
  },
};
