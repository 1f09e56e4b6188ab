import {
  FormField,
  ProviderDescriptor,
} from '@slipway/backstage-plugin-image-registry-common';
import { signIn } from './credentials';
import { azureAcrRecipe } from './recipe';

const principalFields: FormField[] = [
  {
    name: 'clientId',
    in: 'credentials',
    type: 'text',
    method: signIn.servicePrincipal,
    label: 'Application (client) ID',
    placeholder: '11111111-2222-3333-4444-555555555555',
    required: true,
    translations: { zh: { label: '应用程序（客户端）ID' } },
  },
  {
    name: 'clientSecret',
    in: 'credentials',
    type: 'secret',
    method: signIn.servicePrincipal,
    label: 'Client secret',
    helperText: 'The application needs the role AcrPull at the registry',
    required: true,
    translations: {
      zh: {
        label: '客户端密码（Client secret）',
        helperText: '应用程序需要在该注册表上具有 AcrPull 角色',
      },
    },
  },
  {
    name: 'tenantId',
    in: 'options',
    type: 'text',
    method: signIn.servicePrincipal,
    label: 'Directory (tenant) ID',
    helperText:
      'With it clusters get logins that end after three hours instead of the client secret',
    translations: {
      zh: {
        label: '目录（租户）ID',
        helperText:
          '填写后，集群得到的是三小时后失效的登录凭据，而不是客户端密码',
      },
    },
  },
];

function passwordFields(
  method: string,
  username: Pick<FormField, 'label' | 'helperText' | 'translations'>,
): FormField[] {
  return [
    {
      ...username,
      name: 'username',
      in: 'credentials',
      type: 'text',
      method,
      required: true,
    },
    {
      name: 'password',
      in: 'credentials',
      type: 'secret',
      method,
      label: 'Password',
      required: true,
      translations: { zh: { label: '密码' } },
    },
  ];
}

/** Azure Container Registry, in all clouds. */
export const azureAcrDescriptor: ProviderDescriptor = {
  id: 'azure-acr',
  title: 'Azure Container Registry',
  form: {
    addressPlaceholder: 'https://example.azurecr.io',
    namespaceLabel: 'Namespace',
    labelTranslations: { zh: { namespace: '命名空间' } },
    anonymous: true,
    methods: [
      {
        id: signIn.servicePrincipal,
        label: 'Service principal',
        translations: { zh: { label: '服务主体（Service principal）' } },
      },
      {
        id: signIn.token,
        label: 'Repository-scoped token',
        translations: { zh: { label: '存储库范围的令牌（Token）' } },
      },
      {
        id: signIn.admin,
        label: 'Admin user',
        helperText: 'It may do everything: a token or an application is safer',
        translations: {
          zh: {
            label: '管理员用户',
            helperText: '该用户拥有全部权限，建议改用令牌或应用程序',
          },
        },
      },
    ],
    fields: [
      ...principalFields,
      ...passwordFields(signIn.token, {
        label: 'Token name',
        helperText:
          'Its scope map needs content/read and metadata/read on the repositories',
        translations: {
          zh: {
            label: '令牌名称',
            helperText:
              '其范围映射需要对镜像的 content/read 和 metadata/read 权限',
          },
        },
      }),
      ...passwordFields(signIn.admin, {
        label: 'User name',
        helperText: 'In the registry under Settings › Access keys',
        translations: {
          zh: {
            label: '用户名',
            helperText: '在注册表的 设置 › 访问密钥 中查看',
          },
        },
      }),
    ],
  },
  hosts: ['*.azurecr.io', '*.azurecr.cn', '*.azurecr.us'],
  capabilities: {
    catalog: true,
    pushTime: true,
    size: true,
    search: false,
    immutability: true,
    temporaryPullCredential: true,
    createWebhook: true,
  },
  webhook: azureAcrRecipe,
};
