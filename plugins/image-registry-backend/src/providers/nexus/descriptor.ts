import {
  FormField,
  ProviderDescriptor,
} from '@slipway/backstage-plugin-image-registry-common';
import { signIn } from './credentials';
import { nexusRecipe } from './recipe';

const placeFields: FormField[] = [
  {
    name: 'routing',
    in: 'options',
    type: 'select',
    label: 'Docker connector',
    helperText:
      'How image names begin. The address above is where images are pulled from: the host and port of the connector',
    options: [
      { value: 'connector', label: 'Port or reverse proxy: host:port/image' },
      { value: 'subdomain', label: 'Subdomain: repository.host/image' },
      { value: 'path', label: 'Path based routing: host/repository/image' },
    ],
    translations: {
      zh: {
        label: 'Docker 连接器（Connector）',
        helperText:
          '镜像地址的写法：主机:端口/镜像、仓库名.主机/镜像，或 主机/仓库名/镜像（Path based routing）。上面的地址是拉取镜像的地址，即连接器的主机和端口',
      },
    },
  },
  {
    name: 'apiAddress',
    in: 'options',
    type: 'text',
    label: 'API address',
    helperText:
      'Where Nexus is opened in a browser. Without it push times are not known; with path based routing it is the address above',
    placeholder: 'https://nexus.example.com',
    translations: {
      zh: {
        label: 'API 地址',
        helperText:
          '在浏览器中打开 Nexus 的地址。不填写则无法获知推送时间；使用 Path based routing 时即为上面的地址',
      },
    },
  },
  {
    name: 'repositoryName',
    in: 'options',
    type: 'text',
    label: 'Repository Name',
    helperText:
      'Repository of Nexus behind the port or subdomain. With path based routing names begin with it, and so does the namespace',
    placeholder: 'docker-hosted',
    translations: {
      zh: {
        label: '仓库名（Repository Name）',
        helperText:
          '端口或子域名对应的 Nexus 仓库。使用 Path based routing 时，镜像名称和命名空间均以它开头',
      },
    },
  },
  {
    name: 'sourceRepositories',
    in: 'options',
    type: 'text',
    label: 'Repositories behind a group',
    helperText:
      'Names separated by commas: webhooks name these when something is pushed to a member of the group that is connected here',
    placeholder: 'docker-hosted',
    translations: {
      zh: {
        label: 'Group 仓库包含的仓库',
        helperText:
          '仓库名，用逗号分隔：推送到此处连接的 Group 仓库的成员时，Webhook 中出现的是这些仓库名',
      },
    },
  },
];

const signInFields: FormField[] = [
  {
    name: 'username',
    in: 'credentials',
    type: 'text',
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
    helperText:
      'The account needs nx-repository-view-docker-<repository>-browse and -read',
    required: true,
    translations: {
      zh: {
        label: '密码',
        helperText:
          '账户需要 nx-repository-view-docker-<仓库名>-browse 和 -read 权限',
      },
    },
  },
  {
    name: 'tokenName',
    in: 'credentials',
    type: 'secret',
    method: signIn.userToken,
    label: 'User token name code',
    helperText: 'In Nexus under your account › User Token',
    required: true,
    translations: {
      zh: {
        label: '用户令牌的 Name Code',
        helperText: '在 Nexus 的账户 › User Token 中查看',
      },
    },
  },
  {
    name: 'tokenPass',
    in: 'credentials',
    type: 'secret',
    method: signIn.userToken,
    label: 'User token pass code',
    required: true,
    translations: { zh: { label: '用户令牌的 Pass Code' } },
  },
];

/** Sonatype Nexus Repository 3. */
export const nexusDescriptor: ProviderDescriptor = {
  id: 'nexus',
  title: 'Sonatype Nexus',
  form: {
    addressLabel: 'Connector address',
    addressPlaceholder: 'https://nexus.example.com:5000',
    labelTranslations: { zh: { address: '连接器地址' } },
    anonymous: true,
    methods: [
      {
        id: signIn.password,
        label: 'User name and password',
        translations: { zh: { label: '用户名和密码' } },
      },
      {
        id: signIn.userToken,
        label: 'User token',
        translations: { zh: { label: '用户令牌（User Token）' } },
      },
    ],
    fields: [...placeFields, ...signInFields],
  },
  hosts: [],
  capabilities: {
    catalog: true,
    pushTime: true,
    size: false,
    search: false,
    createWebhook: true,
  },
  webhook: nexusRecipe,
};
