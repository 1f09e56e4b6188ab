import { alibabaAccounts, alibabaHosts } from './alibaba-acr';
import { ecrAccounts, ecrPlace } from './amazon-ecr';
import { azureAcrAccounts } from './azure-acr';
import { dockerHubAccounts } from './docker-hub';
import { githubAccounts } from './github';
import { gitlabAccounts } from './gitlab';
import {
  googlePlace,
  googleServiceAccountKey,
} from './google-artifact-registry';
import { harborAccounts } from './harbor';
import { huaweiAccounts, huaweiHosts } from './huawei-swr';
import { jfrogAccounts } from './jfrog';
import { nexusAccounts } from './nexus';
import { quayAccounts } from './quay';
import { tencentAccounts, tencentHosts } from './tencent-tcr';

/** What a person enters to connect a simulated vendor. */
export interface VendorLogin {
  /** Kind of registry, such as `amazon-ecr`. */
  kind: string;
  /** Tells apart what is of one kind; the kind by default. */
  name?: string;
  address: string;
  /** Way to sign in, and what else is chosen. */
  options: Record<string, string>;
  credentials: Record<string, string>;
  /** Limits browsing; optional in the form as well. */
  namespace?: string;
  /** One that has the tag `latest`. */
  repository: string;
}

/**
 * One working login for each vendor, and one for ECR Public, in the words of a
 * registry's form.
 */
export function vendorLogins(): VendorLogin[] {
  const { accessKeyId, accessKeySecret } = alibabaAccounts.keys;
  const { accessKey, secretKey: huaweiSecretKey } = huaweiAccounts.keys;
  const { secretId, secretKey } = tencentAccounts.key;
  const { personal } = dockerHubAccounts;
  const namespace = 'acme';
  const repository = 'acme/web';
  return [
    {
      kind: 'alibaba-acr',
      address: alibabaHosts.enterprise,
      options: { signIn: 'access-keys' },
      credentials: { accessKeyId, accessKeySecret },
      namespace,
      repository,
    },
    {
      kind: 'amazon-ecr',
      address: ecrPlace.host,
      options: { signIn: 'keys' },
      credentials: { ...ecrAccounts.portal },
      repository: 'shop/web',
    },
    {
      kind: 'amazon-ecr',
      name: 'amazon-ecr-public',
      address: 'public.ecr.aws',
      options: { signIn: 'keys' },
      credentials: { ...ecrAccounts.portal },
      repository: `${ecrPlace.alias}/web`,
    },
    {
      kind: 'azure-acr',
      address: 'acme.azurecr.io',
      options: { signIn: 'token' },
      credentials: login(azureAcrAccounts.token),
      repository,
    },
    {
      kind: 'docker-hub',
      address: 'docker.io',
      options: {},
      credentials: { username: personal.username, password: personal.secret },
      namespace,
      repository,
    },
    {
      kind: 'ghcr',
      address: 'ghcr.io',
      options: {},
      credentials: login(githubAccounts.token),
      namespace,
      repository,
    },
    {
      kind: 'gitlab',
      address: 'registry.gitlab.com',
      options: { signIn: 'access-token' },
      credentials: login(gitlabAccounts.token),
      namespace,
      repository: 'acme/shop/web',
    },
    {
      kind: 'google-artifact-registry',
      address: googlePlace.host,
      options: { signIn: 'key' },
      credentials: { serviceAccountKey: googleServiceAccountKey('portal') },
      repository: `${googlePlace.project}/${googlePlace.repository}/web`,
    },
    {
      kind: 'harbor',
      address: 'harbor.example.com',
      options: {},
      credentials: login(harborAccounts.robot),
      namespace,
      repository,
    },
    {
      kind: 'huawei-swr',
      address: huaweiHosts.basic,
      options: {},
      credentials: { accessKey, secretKey: huaweiSecretKey },
      namespace,
      repository,
    },
    {
      kind: 'jfrog',
      address: 'acme.jfrog.io',
      options: { signIn: 'password' },
      credentials: login(jfrogAccounts.portal),
      namespace: 'docker-local',
      repository: 'docker-local/acme/web',
    },
    {
      kind: 'nexus',
      address: 'nexus.example.com',
      options: { signIn: 'password', routing: 'path' },
      credentials: login(nexusAccounts.portal),
      namespace: 'docker-hosted',
      repository: 'docker-hosted/acme/web',
    },
    {
      kind: 'quay',
      address: 'quay.io',
      options: {},
      credentials: {
        ...quayAccounts.robot,
        applicationToken: quayAccounts.applicationToken,
      },
      namespace,
      repository,
    },
    {
      kind: 'tencent-tcr',
      address: tencentHosts.enterprise,
      options: { signIn: 'api-key' },
      credentials: { secretId, secretKey },
      namespace,
      repository,
    },
  ];
}

function login({
  password,
  username,
}: {
  username: string;
  password: string;
}): Record<string, string> {
  return { username, password };
}
