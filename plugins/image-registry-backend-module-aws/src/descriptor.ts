import {
  FormField,
  ProviderDescriptor,
  SignInMethod,
} from '@slipway/backstage-plugin-image-registry-common';
import { PUBLIC_HOST, regionPatterns } from './ecrAddress';
import { ecrRecipe } from './recipe';
import { SignIn } from './sdk';
import { TITLE } from './title';

type Method = SignInMethod & { id: SignIn };

const keys: Method = {
  id: 'keys',
  label: 'Access key',
  translations: { zh: { label: '访问密钥' } },
};

/** Of the operator: offered only when app-config says so. */
const ambientMethods: readonly Method[] = [
  {
    id: 'profile',
    ownIdentity: true,
    label: "Profile of the backend's AWS configuration",
    translations: { zh: { label: '后端 AWS 配置中的 Profile' } },
  },
  {
    id: 'ambient',
    ownIdentity: true,
    label: 'Identity of the backend',
    helperText:
      'Environment, IRSA or EKS Pod Identity, ECS task role, instance profile',
    translations: {
      zh: {
        label: '后端自身的身份',
        helperText:
          '环境变量、IRSA 或 EKS Pod Identity、ECS 任务角色、实例配置文件',
      },
    },
  },
];

const anonymous: Method = {
  id: 'anonymous',
  label: 'None (ECR Public)',
  helperText: `Only for ${PUBLIC_HOST}; repositories are typed`,
  translations: {
    zh: {
      label: '匿名（ECR Public）',
      helperText: `仅用于 ${PUBLIC_HOST}；镜像仓库需手动输入`,
    },
  },
};

const keyFields: FormField[] = [
  {
    name: 'accessKeyId',
    in: 'credentials',
    type: 'text',
    method: 'keys',
    label: 'Access Key ID',
    placeholder: 'AKIA…',
    required: true,
    translations: { zh: { label: 'Access Key ID' } },
  },
  {
    name: 'secretAccessKey',
    in: 'credentials',
    type: 'secret',
    method: 'keys',
    label: 'Secret Access Key',
    required: true,
    translations: { zh: { label: 'Secret Access Key' } },
  },
  {
    name: 'sessionToken',
    in: 'credentials',
    type: 'secret',
    method: 'keys',
    label: 'Session token',
    helperText: 'Only with a temporary access key, which begins with ASIA',
    translations: {
      zh: {
        label: '会话令牌（Session token）',
        helperText: '仅在使用以 ASIA 开头的临时访问密钥时填写',
      },
    },
  },
];

/** Nothing is entered: account and region are read from the URI. */
const regionField: FormField = {
  name: 'region',
  in: 'options',
  type: 'text',
  label: 'Region',
  helperText: 'Read from the URI',
  fromHost: regionPatterns,
  readOnly: true,
  translations: { zh: { label: '区域', helperText: '从 URI 中自动识别' } },
};

const profileField: FormField = {
  name: 'profile',
  in: 'options',
  type: 'text',
  method: 'profile',
  label: 'Profile',
  placeholder: 'default',
  required: true,
  translations: { zh: { label: 'Profile' } },
};

const roleFields: FormField[] = [
  {
    name: 'roleArn',
    in: 'options',
    type: 'text',
    label: 'Role ARN',
    helperText: 'Role that is assumed, for example one of another account',
    placeholder: 'arn:aws:iam::123456789012:role/portal',
    translations: {
      zh: {
        label: '角色 ARN',
        helperText: '要代入（Assume）的角色，例如其他账号中的角色',
      },
    },
  },
  {
    name: 'externalId',
    in: 'options',
    type: 'text',
    label: 'External ID',
    helperText: 'Where the trust policy of the role asks for one',
    translations: {
      zh: {
        label: '外部 ID（External ID）',
        helperText: '角色的信任策略要求时填写',
      },
    },
  },
];

/** Amazon ECR; account and region are read from the URI. */
export function createEcrDescriptor({
  ambientIdentity,
}: {
  ambientIdentity: boolean;
}): ProviderDescriptor {
  return {
    id: 'amazon-ecr',
    title: TITLE,
    form: {
      addressPlaceholder: '123456789012.dkr.ecr.eu-west-1.amazonaws.com',
      addressLabel: 'URI',
      namespaceLabel: 'Namespace (what repository names begin with)',
      labelTranslations: {
        zh: { address: 'URI', namespace: '命名空间（仓库名称的前缀）' },
      },
      anonymous: false,
      methods: [keys, ...(ambientIdentity ? ambientMethods : []), anonymous],
      fields: [
        regionField,
        ...keyFields,
        ...(ambientIdentity ? [profileField] : []),
        ...roleFields,
      ],
    },
    hosts: [
      '*.amazonaws.com',
      '*.amazonaws.com.cn',
      '*.on.aws',
      '*.on.amazonwebservices.com.cn',
      PUBLIC_HOST,
    ],
    capabilities: {
      catalog: true,
      pushTime: true,
      size: true,
      search: true,
      scan: true,
      immutability: true,
      temporaryPullCredential: true,
    },
    webhook: ecrRecipe,
  };
}
