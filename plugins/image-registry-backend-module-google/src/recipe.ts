import { WebhookRecipe } from '@slipway/backstage-plugin-image-registry-common';

/**
 * Artifact Registry publishes to a topic that must be called `gcr`; a push
 * subscription calls. The URL carries the secret; with both settings the token
 * that Google signs is required beside it.
 */
export const artifactRegistryRecipe: WebhookRecipe = {
  authentication: 'oidc',
  settings: [
    {
      name: 'audience',
      in: 'options',
      type: 'text',
      label: 'Audience',
      helperText:
        'Any text of your own; the subscription is given the same. Without it and the service account only the secret in the URL is checked',
      placeholder: 'backstage-image-registry',
      translations: {
        zh: {
          label: '受众（Audience）',
          helperText:
            '自定义的任意文本，在订阅中填写相同的值。此项与服务账号都留空时，只校验 URL 中的密钥',
        },
      },
    },
    {
      name: 'serviceAccount',
      in: 'options',
      type: 'text',
      label: 'Service account of the subscription',
      placeholder: 'pubsub-push@my-project.iam.gserviceaccount.com',
      translations: { zh: { label: '订阅使用的服务账号' } },
    },
  ],
  steps: [
    'Enter an audience, and the e-mail address of the service account that the subscription shall use, at the endpoint.',
    'In the project of {{namespace}} create the Pub/Sub topic gcr: Artifact Registry publishes each INSERT and DELETE to the topic of this name, from all locations.',
    'Create a push subscription to the topic with endpoint URL {{url}}, authentication enabled, and the same service account and audience, as in the commands below.',
    'Push a tag: it appears in the webhook log. Pushes to other hosts than {{host}} are recorded only.',
  ],
  snippet: [
    'gcloud pubsub topics create gcr',
    'gcloud pubsub subscriptions create backstage-image-registry --topic=gcr \\',
    "  --push-endpoint='{{url}}' \\",
    '  --push-auth-service-account=SERVICE_ACCOUNT \\',
    '  --push-auth-token-audience=AUDIENCE',
  ].join('\n'),
  translations: {
    zh: [
      '在端点中填写受众（Audience）以及订阅所用服务账号的邮箱地址。',
      '在 {{namespace}} 所在的项目中创建名为 gcr 的 Pub/Sub 主题：Artifact Registry 会把所有位置的 INSERT 和 DELETE 事件发布到该主题。',
      '为该主题创建推送订阅，端点网址填写 {{url}}，启用身份验证，并使用相同的服务账号和受众，命令见下方。',
      '推送一个 Tag，它会出现在 Webhook 日志中。推送到 {{host}} 以外主机的事件只会被记录。',
    ],
  },
};
