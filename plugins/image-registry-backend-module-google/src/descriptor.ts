import {
  FormField,
  ProviderDescriptor,
  SignInMethod,
} from '@slipway/backstage-plugin-image-registry-common';
import { SignIn } from './identity';
import { artifactRegistryRecipe } from './recipe';
import { TITLE } from './title';

type Method = SignInMethod & { id: SignIn };

const key: Method = {
  id: 'key',
  label: 'Service account key',
  translations: { zh: { label: '服务账号密钥' } },
};

/** Of the operator: offered only when app-config says so. */
const ambient: Method = {
  id: 'ambient',
  ownIdentity: true,
  label: 'Identity of the backend',
  helperText:
    'Workload identity, the service account of the machine, GOOGLE_APPLICATION_CREDENTIALS',
  translations: {
    zh: {
      label: '后端自身的身份',
      helperText:
        'Workload Identity、机器的服务账号、GOOGLE_APPLICATION_CREDENTIALS',
    },
  },
};

const anonymous: Method = {
  id: 'anonymous',
  label: 'None (public repositories)',
  helperText: 'Repositories are typed; their tags are listed',
  translations: {
    zh: {
      label: '匿名（公开仓库）',
      helperText: '镜像仓库需手动输入，其 Tag 会列出',
    },
  },
};

const keyField: FormField = {
  name: 'serviceAccountKey',
  in: 'credentials',
  type: 'secret',
  method: 'key',
  label: 'Service Account Key',
  helperText:
    'The JSON file of the key, or its base64. The account needs the role Artifact Registry Reader. It is used to sign requests and never sent',
  placeholder: '{ "type": "service_account", … }',
  required: true,
  translations: {
    zh: {
      label: '服务账号密钥（Service Account Key）',
      helperText:
        '密钥的 JSON 文件内容或其 base64 编码。该账号需要 Artifact Registry Reader 角色。密钥仅用于签名，不会被发送',
    },
  },
};

/** Google Artifact Registry; the location is read from the host. */
export function createArtifactRegistryDescriptor({
  ambientIdentity,
}: {
  ambientIdentity: boolean;
}): ProviderDescriptor {
  return {
    id: 'google-artifact-registry',
    title: TITLE,
    form: {
      addressPlaceholder: 'europe-west1-docker.pkg.dev',
      namespaceLabel: 'Project, or project/repository',
      labelTranslations: { zh: { namespace: '项目，或 项目/仓库' } },
      anonymous: false,
      methods: [key, ...(ambientIdentity ? [ambient] : []), anonymous],
      fields: [keyField],
    },
    hosts: ['*.pkg.dev', 'gcr.io', '*.gcr.io'],
    capabilities: {
      catalog: true,
      pushTime: true,
      size: true,
      search: true,
      createWebhook: true,
      temporaryPullCredential: true,
    },
    webhook: artifactRegistryRecipe,
  };
}
