import {
  ProviderDescriptor,
  SignInMethod,
} from '@slipway/backstage-plugin-image-registry-common';

/** Id of the way to sign in with a deploy token. */
export const DEPLOY_TOKEN = 'deploy-token';

const methods: SignInMethod[] = [
  {
    id: 'access-token',
    label: 'Access token',
    helperText:
      'Personal, group or project access token with the scopes read_registry and read_api and the role Reporter; lists repositories and push times',
    translations: {
      zh: {
        label: '访问令牌',
        helperText:
          '个人、群组或项目访问令牌，需要 read_registry 和 read_api 范围以及 Reporter 角色；可列出镜像和推送时间',
      },
    },
  },
  {
    id: DEPLOY_TOKEN,
    label: 'Deploy token',
    helperText:
      'With the scope read_registry. GitLab’s API does not accept deploy tokens: type the names of repositories; their tags are listed without times',
    translations: {
      zh: {
        label: '部署令牌',
        helperText:
          '需要 read_registry 范围。GitLab 的 API 不接受部署令牌：请手动输入镜像名称；可列出其 Tag，但没有时间信息',
      },
    },
  },
];

/** Both ways for a push to be told: neither is offered by a project's webhooks. */
const snippet = [
  '# Your own GitLab: /etc/gitlab/gitlab.rb, then gitlab-ctl reconfigure',
  "registry['notifications'] = [",
  '  {',
  "    'name' => 'portal',",
  "    'url' => '{{url}}',",
  "    'timeout' => '3s',",
  "    'threshold' => 5,",
  "    'backoff' => '10s',",
  "    'headers' => { 'Authorization' => ['Bearer {{secret}}'] }",
  '  }',
  ']',
  '',
  '# Any GitLab: .gitlab-ci.yml, behind the job that pushes',
  'tell-portal:',
  '  stage: .post',
  '  image: curlimages/curl',
  '  script:',
  '    - >-',
  '      curl --fail --request POST "{{url}}"',
  '      --header "Authorization: Bearer $PORTAL_SECRET"',
  '      --header "Content-Type: application/cloudevents+json"',
  '      --data "{\\"specversion\\":\\"1.0\\",\\"id\\":\\"$CI_JOB_ID\\",\\"source\\":\\"$CI_PROJECT_URL\\",\\"type\\":\\"com.gitlab.container.image.push\\",\\"data\\":{\\"repository\\":\\"$CI_REGISTRY_IMAGE\\",\\"tag\\":\\"$CI_COMMIT_REF_SLUG\\"}}"',
].join('\n');

/** The container registry of gitlab.com and of a GitLab of one's own. */
export const gitlabDescriptor: ProviderDescriptor = {
  id: 'gitlab',
  title: 'GitLab',
  form: {
    addressPlaceholder: 'https://registry.gitlab.com',
    namespaceLabel: 'Group or project',
    labelTranslations: { zh: { namespace: '群组或项目' } },
    anonymous: true,
    methods,
    fields: [
      {
        name: 'username',
        in: 'credentials',
        type: 'text',
        label: 'User name',
        helperText:
          'Of the token’s owner; of a deploy token the user name that GitLab showed with it',
        required: true,
        translations: {
          zh: {
            label: '用户名',
            helperText:
              '令牌所有者的用户名；部署令牌则填写 GitLab 显示的用户名',
          },
        },
      },
      {
        name: 'password',
        in: 'credentials',
        type: 'secret',
        label: 'Token',
        required: true,
        translations: { zh: { label: '令牌' } },
      },
      {
        name: 'gitlabAddress',
        in: 'options',
        type: 'text',
        label: 'GitLab address',
        helperText:
          'Only for a GitLab of your own whose registry has another host. The token is sent there. Otherwise it is found by itself',
        placeholder: 'https://gitlab.example.com',
        translations: {
          zh: {
            label: 'GitLab 地址',
            helperText:
              '仅当自建 GitLab 的镜像仓库使用另一个主机名时填写，令牌会发送到该地址；否则会自动获取',
          },
        },
      },
    ],
  },
  hosts: ['registry.gitlab.com'],
  capabilities: { catalog: true, pushTime: true, size: true, search: true },
  webhook: {
    authentication: 'header',
    steps: [
      'GitLab has no webhook of a project or group for its container registry. Choose one of the two ways below.',
      "Administrators of a GitLab of their own add the endpoint to registry['notifications'] in /etc/gitlab/gitlab.rb, and run gitlab-ctl reconfigure: it tells of all repositories. The address must be reachable from there: {{url}}",
      'Everybody else adds the job to .gitlab-ci.yml behind the one that pushes, and a masked CI/CD variable PORTAL_SECRET with the value {{secret}}. Replace the tag by the one that is pushed.',
      'Push a tag. It appears in the webhook log.',
    ],
    snippet,
    translations: {
      zh: [
        'GitLab 的项目和群组没有针对容器镜像库的 Webhook。请从以下两种方式中选择一种。',
        "自建 GitLab 的管理员：在 /etc/gitlab/gitlab.rb 的 registry['notifications'] 中加入该端点，然后运行 gitlab-ctl reconfigure，所有镜像的推送都会通知。GitLab 必须能够访问此地址：{{url}}",
        '其他用户：在 .gitlab-ci.yml 中，将该作业放在推送作业之后，并添加一个已隐藏（masked）的 CI/CD 变量 PORTAL_SECRET，值为 {{secret}}。请将 Tag 替换为实际推送的 Tag。',
        '推送一个 Tag，它会出现在 Webhook 日志中。',
      ],
    },
  },
};
