import {
  FormField,
  ProviderDescriptor,
} from '@slipway/backstage-plugin-image-registry-common';
import { signIn } from './credentials';
import { jfrogRecipe } from './recipe';

const userName = { in: 'credentials', name: 'username', type: 'text' } as const;

const placeFields: FormField[] = [
  {
    name: 'accessMethod',
    in: 'options',
    type: 'select',
    label: 'Docker access method',
    helperText:
      'How image names begin: host/repository-key/image, repository-key.host/image, or host:port/image',
    options: [
      { value: 'repository-path', label: 'Repository Path' },
      { value: 'subdomain', label: 'Sub Domain' },
      { value: 'port', label: 'Port' },
    ],
    translations: {
      zh: {
        label: 'Docker 访问方式（Docker Access Method）',
        helperText:
          '镜像地址的写法：主机/仓库键/镜像（Repository Path）、仓库键.主机/镜像（Sub Domain）或 主机:端口/镜像（Port）',
      },
    },
  },
  {
    name: 'repositoryKey',
    in: 'options',
    type: 'text',
    label: 'Repository key of the subdomain or port',
    helperText:
      'Only for Sub Domain (default: the first part of the host) and Port',
    placeholder: 'docker-local',
    translations: {
      zh: {
        label: '子域名或端口对应的仓库键（Repository Key）',
        helperText: '仅用于 Sub Domain（默认取主机名的第一段）和 Port',
      },
    },
  },
  {
    name: 'apiAddress',
    in: 'options',
    type: 'text',
    label: 'Artifactory URL',
    helperText:
      'Where the JFrog Platform is opened in a browser, when that is not the address above',
    placeholder: 'https://artifactory.example.com/artifactory',
    translations: {
      zh: {
        label: 'Artifactory URL',
        helperText:
          '在浏览器中打开 JFrog Platform 的地址，与上面的地址不同时填写',
      },
    },
  },
  {
    name: 'sourceRepositories',
    in: 'options',
    type: 'text',
    label: 'Repositories behind a virtual one',
    helperText:
      'Repository keys, separated by commas: webhooks name these when something is pushed to the virtual repository that is connected here',
    placeholder: 'docker-dev-local, docker-prod-local',
    translations: {
      zh: {
        label: '虚拟仓库（Virtual）包含的仓库',
        helperText:
          '仓库键，用逗号分隔：推送到此处连接的虚拟仓库时，Webhook 中出现的是这些仓库键',
      },
    },
  },
];

const signInFields: FormField[] = [
  {
    ...userName,
    method: signIn.password,
    label: 'User name',
    required: true,
    translations: { zh: { label: '用户名' } },
  },
  {
    name: 'password',
    in: 'credentials',
    type: 'secret',
    method: signIn.password,
    label: 'Password',
    helperText: 'A password, or an identity token in its place',
    required: true,
    translations: {
      zh: {
        label: '密码',
        helperText: '密码，或代替密码的身份令牌（Identity Token）',
      },
    },
  },
  {
    ...userName,
    method: signIn.accessToken,
    label: 'User name',
    helperText: 'Only for reference tokens; others tell whose they are',
    translations: {
      zh: {
        label: '用户名',
        helperText: '仅引用令牌（Reference Token）需要填写',
      },
    },
  },
  {
    name: 'accessToken',
    in: 'credentials',
    type: 'secret',
    method: signIn.accessToken,
    label: 'Access token',
    helperText: 'It needs the permission "Read" on the repositories',
    required: true,
    translations: {
      zh: {
        label: '访问令牌（Access Token）',
        helperText: '需要对仓库的 Read 权限',
      },
    },
  },
  {
    ...userName,
    method: signIn.apiKey,
    label: 'User name',
    required: true,
    translations: { zh: { label: '用户名' } },
  },
  {
    name: 'apiKey',
    in: 'credentials',
    type: 'secret',
    method: signIn.apiKey,
    label: 'API key',
    helperText: 'JFrog has ended API keys; use an access token where you can',
    required: true,
    translations: {
      zh: {
        label: 'API Key',
        helperText: 'JFrog 已停用 API Key，建议改用访问令牌',
      },
    },
  },
];

/** JFrog Artifactory 7. */
export const jfrogDescriptor: ProviderDescriptor = {
  id: 'jfrog',
  title: 'JFrog Artifactory',
  form: {
    addressPlaceholder: 'https://example.jfrog.io',
    namespaceLabel: 'Repository key',
    labelTranslations: { zh: { namespace: '仓库键（Repository Key）' } },
    anonymous: true,
    methods: [
      {
        id: signIn.password,
        label: 'User name and password',
        translations: { zh: { label: '用户名和密码' } },
      },
      {
        id: signIn.accessToken,
        label: 'Access token',
        translations: { zh: { label: '访问令牌（Access Token）' } },
      },
      {
        id: signIn.apiKey,
        label: 'API key',
        translations: { zh: { label: 'API Key' } },
      },
    ],
    fields: [...placeFields, ...signInFields],
  },
  hosts: ['*.jfrog.io'],
  capabilities: {
    catalog: true,
    pushTime: true,
    size: true,
    search: true,
    createWebhook: true,
  },
  webhook: jfrogRecipe,
};
