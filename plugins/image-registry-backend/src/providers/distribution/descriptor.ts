import { ProviderDescriptor } from '@slipway/backstage-plugin-image-registry-common';

/** Docker Registry and everything that speaks the distribution protocol. */
export const distributionDescriptor: ProviderDescriptor = {
  id: 'distribution',
  title: 'Docker Registry',
  form: {
    addressPlaceholder: 'https://registry.example.com:5000',
    anonymous: true,
    fields: [
      {
        name: 'username',
        in: 'credentials',
        type: 'text',
        label: 'User name',
        required: true,
        translations: { zh: { label: '用户名' } },
      },
      {
        name: 'password',
        in: 'credentials',
        type: 'secret',
        label: 'Password or token',
        required: true,
        translations: { zh: { label: '密码或令牌' } },
      },
    ],
  },
  hosts: [],
  capabilities: { catalog: true, pushTime: false, size: false, search: false },
  webhook: {
    authentication: 'header',
    steps: [
      'Open the configuration file of the registry at {{address}}, usually /etc/docker/registry/config.yml or /etc/distribution/config.yml.',
      'Add the endpoint below under notifications.endpoints. The address must be reachable from the registry: {{url}}',
      'Restart the registry. The next push appears in the webhook log.',
      'In zot instead: in its configuration, under extensions.events, add a sink of the type http with the address {{url}} and with the token {{secret}} in its credentials.',
      'In Gitea or Forgejo instead: in the settings of the owner add a webhook with the target URL {{url}}, the content type application/json, the events of packages, and the authorization header Bearer {{secret}}.',
    ],
    snippet: [
      'notifications:',
      '  events:',
      '    includereferences: true',
      '  endpoints:',
      '    - name: portal',
      '      url: {{url}}',
      '      headers:',
      '        Authorization: [Bearer {{secret}}]',
      '      timeout: 3s',
      '      threshold: 5',
      '      backoff: 10s',
      '      ignore:',
      '        actions: [pull]',
      '        mediatypes: [application/octet-stream]',
    ].join('\n'),
    translations: {
      zh: [
        '打开镜像仓库 {{address}} 的配置文件，通常是 /etc/docker/registry/config.yml 或 /etc/distribution/config.yml。',
        '在 notifications.endpoints 下加入以下端点。镜像仓库必须能够访问此地址：{{url}}',
        '重启镜像仓库。下一次推送会出现在 Webhook 日志中。',
        '如果是 zot：在其配置的 extensions.events 下添加一个类型为 http 的 sink，地址为 {{url}}，credentials 中的 token 为 {{secret}}。',
        '如果是 Gitea 或 Forgejo：在所有者的设置中添加 Webhook，目标 URL 为 {{url}}，内容类型为 application/json，触发事件为软件包，授权标头（Authorization）为 Bearer {{secret}}。',
      ],
    },
  },
};
