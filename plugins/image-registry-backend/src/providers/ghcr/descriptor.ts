import { ProviderDescriptor } from '@slipway/backstage-plugin-image-registry-common';

/** GitHub's container registry. */
export const ghcrDescriptor: ProviderDescriptor = {
  id: 'ghcr',
  title: 'GitHub Container Registry',
  form: {
    addressPlaceholder: 'ghcr.io',
    namespaceLabel: 'Owner (organization or user)',
    labelTranslations: { zh: { namespace: '所有者（组织或用户）' } },
    anonymous: true,
    fields: [
      {
        name: 'username',
        in: 'credentials',
        type: 'text',
        label: 'GitHub user name',
        helperText: 'Of whoever the token belongs to',
        required: true,
        translations: {
          zh: { label: 'GitHub 用户名', helperText: '令牌所属的用户' },
        },
      },
      {
        name: 'password',
        in: 'credentials',
        type: 'secret',
        label: 'Personal access token (classic)',
        helperText:
          'With the scope read:packages; to make webhooks also admin:org_hook (organization) or admin:repo_hook (repositories). GitHub Packages do not accept fine-grained tokens. A GITHUB_TOKEN of a workflow works while the workflow runs. Authorize the token for SAML single sign-on where the organization asks for it. Without a token only typed names of public images work',
        placeholder: 'ghp_…',
        required: true,
        translations: {
          zh: {
            label: '个人访问令牌（classic）',
            helperText:
              '需要 read:packages 权限；如需创建 Webhook，再加 admin:org_hook（组织）或 admin:repo_hook（仓库）。GitHub Packages 不接受 fine-grained 令牌。工作流的 GITHUB_TOKEN 仅在工作流运行期间有效。若组织启用了 SAML 单点登录，请为令牌授权。不填令牌时，只能手动输入公开镜像的名称',
          },
        },
      },
    ],
  },
  hosts: ['ghcr.io', '*.ghe.com'],
  capabilities: {
    catalog: true,
    pushTime: true,
    size: false,
    search: true,
    visibility: true,
    createWebhook: true,
  },
  webhook: {
    authentication: 'hmac',
    steps: [
      'For all packages of an organization open its Settings › Webhooks; for one package open the Settings › Webhooks of the repository that the package is linked to. Choose Add webhook.',
      'Payload URL: {{url}}',
      'Content type: application/json',
      'Secret: {{secret}}',
      'Which events: Let me select individual events; tick Packages and untick Pushes.',
      'Save. GitHub sends a ping at once, which appears in the webhook log as a test. It does not repeat failed calls by itself: use Redeliver under Recent Deliveries.',
    ],
    translations: {
      zh: [
        '如需覆盖组织的全部 Package，打开组织的 Settings › Webhooks；只针对一个 Package 时，打开其关联仓库的 Settings › Webhooks。点击 Add webhook。',
        'Payload URL：{{url}}',
        'Content type：application/json',
        'Secret：{{secret}}',
        '事件：选择 Let me select individual events，勾选 Packages，取消勾选 Pushes。',
        '保存后 GitHub 会立即发送一次 ping，它会作为测试出现在 Webhook 日志中。失败的调用不会自动重试：可在 Recent Deliveries 中点击 Redeliver。',
      ],
    },
  },
};
