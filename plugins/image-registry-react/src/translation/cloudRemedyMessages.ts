/** What to do at the clouds: their menus and roles as they write them. */
export const cloudRemedyMessages = {
  'reason.azure-check-login-server':
    'Check that the address is that of the login server',
  'reason.azure-check-principal':
    'Check the application (client) ID, the directory (tenant) ID and the client secret, which ends by itself',
  'reason.azure-sign-in-principal':
    'Sign in with a service principal and enter the directory (tenant) ID, or make the webhook by hand as the steps say',
  'reason.azure-list-role':
    'Give the role Container Registry Repository Catalog Lister, or AcrPull where the registry has no attribute-based permissions. A repository-scoped token needs the scope map _repositories_admin; without it enter repositories by hand',
  'reason.aliyun-type-or-key':
    'Type the names of repositories, or sign in with access keys to choose them from a list',
  'reason.aliyun-check-key':
    'Check AccessKey ID and AccessKey Secret in the RAM console, and that the key is enabled. The Docker password belongs to the other way to sign in',
  'reason.check-address-or-kind':
    'Check the address, or choose another kind of registry',
  'reason.aliyun-webhook-address':
    'Give the portal such an address in the setting of its webhook URL',
  'reason.tencent-type-or-key':
    'Type the names of repositories, or sign in with an API key to choose them from a list',
  'reason.tencent-check-key':
    'Check SecretId and SecretKey in the console under Access Management › API Keys, and that the key is enabled',
  'reason.tencent-check-namespace': 'Check the spelling of the namespace',
  'reason.tencent-instance-address':
    'Enter the address of the instance, such as name.tencentcloudcr.com, and your own domain as the pull address',
  'reason.tencent-check-account':
    'Check the address, and that the key is of the same account',
  'reason.tencent-check-instance':
    'Look after the instance in the Container Registry console',
  'reason.huawei-type-or-key':
    'Type the names of repositories, or give access keys',
  'reason.huawei-give-key':
    'Give Access Key and Secret Key, and the region if the address does not tell it; or type the names of repositories',
  'reason.huawei-check-key':
    'Check Access Key and Secret Key in the console under My Credentials › Access Keys, and that the key is enabled',
  'reason.huawei-spell-name':
    'Check the spelling; repositories are organization/name',
  'reason.huawei-write-name': 'Write organization/name',
  'reason.huawei-find-region':
    'Check the region: the console shows it beside the instance',
  'reason.huawei-check-instance': 'Look after the instance in the SWR console',
  'reason.huawei-check-region':
    'Check address and region. Of a domain of your own enter the default domain of the instance, and your own one as the pull address',
  'reason.aws-enter-key': 'Enter an Access Key ID and a Secret Access Key',
  'reason.aws-type-names':
    'Type the names of repositories instead of choosing them from a list, as in nginx/nginx',
  'reason.aws-changed-answer':
    'Try again; if it stays, look for a proxy that changes answers',
  'reason.aws-check-key':
    'Check the Access Key ID, and that the key is active in IAM; keys of AWS China and GovCloud hold only in their own regions',
  'reason.aws-check-secret':
    'Check the Secret Access Key, and the clock of the machine that the backend runs on',
  'reason.aws-new-session':
    'Enter new temporary keys, or use an access key with a role, which is renewed by itself',
  'reason.aws-higher-quota':
    'Wait; if it stays, ask AWS for a higher quota of Amazon ECR',
  'reason.aws-health':
    'Try again later; the AWS Health Dashboard tells of outages',
  'reason.aws-give-identity':
    'Give the backend a role (IRSA, ECS task role, instance profile), a profile, or keys in its environment',
  'reason.aws-check-uri':
    'Check the spelling, and that account and region in the URI are the right ones',
  'reason.aws-check-values':
    'Check the values that were entered, and that no proxy answers for AWS',
  'reason.aws-trust-policy':
    'Let the trust policy of the role name this identity (and the External ID), and allow it sts:AssumeRole on the role',
  'reason.aws-allow-ambient':
    'Set imageRegistry.aws.ambientIdentity to true in app-config, or sign in with an access key',
  'reason.google-sign-in-or-type':
    'Sign in with a service account, or type the names of repositories instead of choosing them from a list',
  'reason.google-reader-role':
    'Grant the role roles/artifactregistry.reader on the project or the repository',
  'reason.google-enter-project':
    'Enter the project as the namespace of the registry',
  'reason.google-webhook-address':
    'The portal needs an https address with a certificate of a public authority, and the service account must be of the same project',
  'reason.google-check-account':
    'Check that the service account and its key are enabled',
  'reason.google-check-place':
    'Check project and repository, and that the location of the address is the right one',
  'reason.google-give-identity':
    'Give the backend a service account (workload identity, the one of the machine, or GOOGLE_APPLICATION_CREDENTIALS)',
  'reason.google-look-for-proxy':
    'Try again; if it stays, look for a proxy in between',
  'reason.google-check-key':
    'Check in IAM & Admin › Service Accounts › Keys that account and key exist and are enabled, and the clock of the machine that the backend runs on',
  'reason.google-allow-ambient':
    'Set imageRegistry.google.ambientIdentity to true in app-config, or sign in with a service account key',
  'reason.google-whole-key':
    'Enter the whole JSON file of the key, or its base64',
  'reason.azure-pull-role':
    'In the registry open Access control (IAM) and give the application {{clientId}} the role AcrPull, or Container Registry Repository Reader and Container Registry Repository Catalog Lister',
  'reason.azure-webhook-role':
    'In the registry open Access control (IAM) and give the application {{clientId}} the role Contributor, or one with Microsoft.ContainerRegistry/registries/read and registries/webhooks/write; or make the webhook by hand',
  'reason.azure-metadata-right':
    'Add metadata/read on {{repository}} to the scope map of the token, or give the role AcrPull',
  'reason.aliyun-vpc':
    'Clusters inside a VPC pull faster and free of charge from {{host}}: enter it as the pull address',
  'reason.aliyun-grant':
    'In the RAM console grant the action {{action}} to the user of the access key',
  'reason.tencent-grant':
    'In Cloud Access Management (CAM) grant the action {{action}} to the user of the key',
  'reason.huawei-grant':
    'In IAM grant the action {{action}} to the user of the access key; in the basic edition also the permission to read the organization',
  'reason.aws-attach-policy':
    'Attach a policy that allows {{action}}, for example {{policy}}',
  'reason.google-enable-api':
    'Enable {{api}} under APIs & Services of the project',
  'reason.google-grant-role':
    'Grant the role {{role}}, which has {{permission}}, on the project or the repository',
} as const;
