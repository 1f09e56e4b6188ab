import { fromTemporaryCredentials } from '@aws-sdk/credential-providers';
import { Config } from '@backstage/config';
import { DefaultAwsCredentialsManager } from '@backstage/integration-aws-node';
import { AwsCredentialIdentityProvider } from '@smithy/types';
import {
  ClusterSignIn,
  ClusterToSignIn,
} from '@slipway/backstage-plugin-image-registry-node';
import { awsSignInError } from './awsSignInError';
import { eksRegion } from './eksRegion';
import { eksToken } from './eksToken';

/** A role to take on before signing. */
export interface AssumedRole {
  arn: string;
  externalId?: string;
  /** Whose security token service is asked. */
  region: string;
}

/** What signing in to EKS needs from outside. */
export interface AwsSignInOptions {
  config: Config;
  /** The identity that the backend has; from `aws` of app-config if absent. */
  identity?: AwsCredentialIdentityProvider;
  /** Asks AWS for the credentials of a role. */
  assumeRole?: (
    role: AssumedRole,
    identity: AwsCredentialIdentityProvider,
  ) => AwsCredentialIdentityProvider;
  /** Milliseconds since the epoch. */
  now?: () => number;
}

/** Signs in to EKS, by the same settings as Backstage's Kubernetes plugin. */
export function createAwsSignIn({
  config,
  identity = identityOf(config),
  assumeRole = askForRole,
  now = Date.now,
}: AwsSignInOptions): ClusterSignIn {
  return {
    authProvider: 'aws',
    open(cluster) {
      const { clusterId, role, externalId } = readCluster(cluster);
      const region = eksRegion(cluster.server, process.env.AWS_REGION);
      const credentials =
        role === undefined
          ? identity
          : assumeRole(
              { arn: role, externalId, region: region.region },
              identity,
            );
      return {
        async fetch() {
          try {
            return await eksToken({
              clusterId,
              region,
              credentials: await credentials(),
              signedAt: new Date(now()),
            });
          } catch (error) {
            throw awsSignInError(error, role);
          }
        },
      };
    },
  };
}

/** The keys of Backstage's own Kubernetes plugin, in both of its forms. */
function readCluster({ name, config }: ClusterToSignIn) {
  const metadata = (key: string) =>
    config.getOptional<Record<string, string>>('authMetadata')?.[key];
  return {
    clusterId: metadata('kubernetes.io/x-k8s-aws-id') ?? name,
    role:
      config.getOptionalString('assumeRole') ??
      metadata('kubernetes.io/aws-assume-role'),
    externalId:
      config.getOptionalString('externalId') ??
      metadata('kubernetes.io/aws-external-id'),
  };
}

function identityOf(config: Config): AwsCredentialIdentityProvider {
  const manager = DefaultAwsCredentialsManager.fromConfig(config);
  return async () => {
    const { sdkCredentialProvider } = await manager.getCredentialProvider();
    return sdkCredentialProvider();
  };
}

function askForRole(
  { arn, externalId, region }: AssumedRole,
  identity: AwsCredentialIdentityProvider,
): AwsCredentialIdentityProvider {
  return fromTemporaryCredentials({
    masterCredentials: identity,
    clientConfig: { region },
    params: {
      RoleArn: arn,
      ExternalId: externalId,
      RoleSessionName: 'image-registry',
    },
  });
}
