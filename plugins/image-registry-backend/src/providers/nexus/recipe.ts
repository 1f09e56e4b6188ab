import { WebhookRecipe } from '@slipway/backstage-plugin-image-registry-common';

/** How a repository webhook of Nexus is made by hand. */
export const nexusRecipe: WebhookRecipe = {
  authentication: 'hmac',
  steps: [
    'Open Nexus and choose Administration › System › Capabilities, then Create capability and the type "Webhook: Repository".',
    'Repository: the one that images are pushed to: {{repositories}} {{namespace}}. Of a group choose the hosted one behind it, with a webhook each.',
    'Event Types: component (asset sends one event for each manifest and layer, and says no more).',
    'URL: {{url}}',
    'Secret Key: {{secret}}. With it Nexus signs what it sends.',
    'Create capability, then push a tag: it appears in the webhook log. Nexus sends each event once and does not try again: a push whose event is lost is noticed when the policy is saved or a hold is lifted.',
  ],
  translations: {
    zh: [
      '打开 Nexus，选择 Administration › System › Capabilities，点击 Create capability，类型选择“Webhook: Repository”。',
      'Repository：推送镜像的仓库：{{repositories}} {{namespace}}。Group 仓库请选择其包含的 Hosted 仓库，每个仓库创建一个 Webhook。',
      'Event Types：component（asset 会为每个 Manifest 和层各发送一次事件，没有更多信息）。',
      'URL：{{url}}',
      'Secret Key：{{secret}}。Nexus 用它对发送的内容签名。',
      '点击 Create capability，然后推送一个 Tag，它会出现在 Webhook 日志中。Nexus 每个事件只发送一次且不重试：如果某次推送的事件丢失，要到保存策略或解除锁定时才会发现这次推送。',
    ],
  },
};
