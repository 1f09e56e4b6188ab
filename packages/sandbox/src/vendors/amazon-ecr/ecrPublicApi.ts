import { ContentStore } from '../../registry/content/ContentStore';
import {
  listStoredImages,
  listStoredRepositories,
} from '../registry/storedImages';
import { ecrPlace } from './accounts';
import { awsAnswer, awsError, AwsOperation, awsPage } from './awsJson';
import { Identities } from './Identities';

/**
 * Operations of the API reference of Amazon ECR Public, version 2020-10-30,
 * that read: they know the caller's own repositories only.
 */
export function ecrPublicOperations(
  content: ContentStore,
  identities: Identities,
): Readonly<Record<string, AwsOperation>> {
  const prefix = `${ecrPlace.alias}/`;
  return {
    GetAuthorizationToken: {
      action: 'ecr-public:GetAuthorizationToken',
      answer: () => {
        const { expiresAt, password } = identities.issuePassword();
        return awsAnswer({
          authorizationData: {
            authorizationToken: Buffer.from(`AWS:${password}`).toString(
              'base64',
            ),
            expiresAt: expiresAt / 1000,
          },
        });
      },
    },
    DescribeRegistries: {
      action: 'ecr-public:DescribeRegistries',
      answer: () =>
        awsAnswer({
          registries: [
            {
              registryId: ecrPlace.account,
              registryArn: `arn:aws:ecr-public::${ecrPlace.account}:registry/${ecrPlace.account}`,
              registryUri: `public.ecr.aws/${ecrPlace.alias}`,
              verified: false,
              aliases: [
                {
                  name: ecrPlace.alias,
                  status: 'ACTIVE',
                  primaryRegistryAlias: true,
                  defaultRegistryAlias: true,
                },
              ],
            },
          ],
        }),
    },
    DescribeRepositories: {
      action: 'ecr-public:DescribeRepositories',
      answer: input => {
        const own = listStoredRepositories(content).filter(name =>
          name.startsWith(prefix),
        );
        const { items, nextToken } = awsPage(own, input);
        return awsAnswer({
          repositories: items.map(name => ({
            registryId: ecrPlace.account,
            repositoryName: name.slice(prefix.length),
            repositoryUri: `public.ecr.aws/${name}`,
            createdAt: Date.parse('2026-07-01T08:00:00Z') / 1000,
          })),
          nextToken,
        });
      },
    },
    DescribeImageTags: {
      action: 'ecr-public:DescribeImageTags',
      answer: input => {
        const name = `${prefix}${input.text('repositoryName')}`;
        if (!content.hasRepository(name)) {
          return awsError(
            'RepositoryNotFoundException',
            `The repository with name '${name}' does not exist`,
          );
        }
        const tags = listStoredImages(content, name).flatMap(image =>
          image.tags.map(tag => ({
            imageTag: tag.name,
            createdAt: tag.pushedAt.getTime() / 1000,
            imageDetail: {
              imageDigest: image.digest,
              ...(!image.isIndex && { imageSizeInBytes: image.size }),
              imagePushedAt: tag.pushedAt.getTime() / 1000,
              imageManifestMediaType: image.mediaType,
            },
          })),
        );
        const { items, nextToken } = awsPage(tags, input);
        return awsAnswer({ imageTagDetails: items, nextToken });
      },
    },
  };
}
