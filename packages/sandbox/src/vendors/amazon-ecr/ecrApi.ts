import { ContentStore } from '../../registry/content/ContentStore';
import {
  findStoredImage,
  listStoredImages,
  listStoredRepositories,
  StoredImage,
} from '../registry/storedImages';
import { VendorAnswer } from '../VendorAnswer';
import { ecrPlace } from './accounts';
import {
  awsAnswer,
  awsError,
  AwsInput,
  AwsOperation,
  awsPage,
} from './awsJson';
import { Identities } from './Identities';

/** The repository whose tags are fixed, with an exception. */
const FIXED = /\/web$/;

/** The repository whose images are scanned: ECR scans no index. */
const SCANNED = /\/api$/;

const findings = {
  imageScanCompletedAt: Date.parse('2026-11-10T08:00:00Z') / 1000,
  vulnerabilitySourceUpdatedAt: Date.parse('2026-11-09T00:00:00Z') / 1000,
  findingSeverityCounts: { HIGH: 2, MEDIUM: 5, INFORMATIONAL: 1 },
};

/**
 * Operations of the API reference of Amazon ECR, version 2015-09-21, that
 * read. A registry of another account is not known.
 */
export function ecrOperations(
  content: ContentStore,
  identities: Identities,
): Readonly<Record<string, AwsOperation>> {
  return {
    GetAuthorizationToken: {
      action: 'ecr:GetAuthorizationToken',
      answer: () => {
        const { expiresAt, password } = identities.issuePassword();
        return awsAnswer({
          authorizationData: [
            {
              authorizationToken: Buffer.from(`AWS:${password}`).toString(
                'base64',
              ),
              expiresAt: expiresAt / 1000,
              proxyEndpoint: `https://${ecrPlace.host}`,
            },
          ],
        });
      },
    },
    DescribeRepositories: {
      action: 'ecr:DescribeRepositories',
      answer: input =>
        otherAccount(input) ?? describeRepositories(content, input),
    },
    DescribeImages: {
      action: 'ecr:DescribeImages',
      answer: input =>
        otherAccount(input) ??
        unknownRepository(content, input) ??
        describeImages(content, input),
    },
    DescribeImageScanFindings: {
      action: 'ecr:DescribeImageScanFindings',
      answer: input =>
        otherAccount(input) ??
        unknownRepository(content, input) ??
        describeFindings(content, input),
    },
  };
}

function otherAccount(input: AwsInput): VendorAnswer | undefined {
  const id = input.text('registryId') ?? ecrPlace.account;
  return id === ecrPlace.account
    ? undefined
    : awsError(
        'RegistryNotFoundException',
        `The registry with id '${id}' does not exist`,
      );
}

function unknownRepository(
  content: ContentStore,
  input: AwsInput,
): VendorAnswer | undefined {
  const name = input.text('repositoryName') ?? '';
  return content.hasRepository(name) ? undefined : noRepository(name);
}

function noRepository(name: string): VendorAnswer {
  return awsError(
    'RepositoryNotFoundException',
    `The repository with name '${name}' does not exist in the registry with id '${ecrPlace.account}'`,
  );
}

function describeRepositories(
  content: ContentStore,
  input: AwsInput,
): VendorAnswer {
  const wanted = input.texts('repositoryNames');
  const missing = wanted?.find(name => !content.hasRepository(name));
  if (missing !== undefined) {
    return noRepository(missing);
  }
  const { items, nextToken } = awsPage(
    wanted ?? listStoredRepositories(content),
    input,
  );
  return awsAnswer({ repositories: items.map(toRepository), nextToken });
}

function toRepository(name: string) {
  const isFixed = FIXED.test(name);
  return {
    repositoryArn: `arn:aws:ecr:${ecrPlace.region}:${ecrPlace.account}:repository/${name}`,
    registryId: ecrPlace.account,
    repositoryName: name,
    repositoryUri: `${ecrPlace.host}/${name}`,
    createdAt: Date.parse('2026-07-01T08:00:00Z') / 1000,
    imageTagMutability: isFixed ? 'IMMUTABLE_WITH_EXCLUSION' : 'MUTABLE',
    ...(isFixed && {
      imageTagMutabilityExclusionFilters: [
        { filterType: 'WILDCARD', filter: 'lat*' },
      ],
    }),
    imageScanningConfiguration: { scanOnPush: SCANNED.test(name) },
    encryptionConfiguration: { encryptionType: 'AES256' },
  };
}

function describeImages(content: ContentStore, input: AwsInput): VendorAnswer {
  const name = input.text('repositoryName') ?? '';
  const tagStatus = input.object('filter').text('tagStatus');
  const images = listStoredImages(content, name).filter(
    ({ tags }) => tagStatus !== 'TAGGED' || tags.length > 0,
  );
  const { items, nextToken } = awsPage(images, input);
  return awsAnswer({
    imageDetails: items.map(image => toImageDetail(name, image)),
    nextToken,
  });
}

function toImageDetail(repositoryName: string, image: StoredImage) {
  return {
    registryId: ecrPlace.account,
    repositoryName,
    imageDigest: image.digest,
    imageTags: image.tags.map(({ name }) => name),
    ...(!image.isIndex && { imageSizeInBytes: image.size }),
    imagePushedAt: (image.pushedAt?.getTime() ?? 0) / 1000,
    imageManifestMediaType: image.mediaType,
    ...(image.artifactType && { artifactMediaType: image.artifactType }),
    imageStatus: 'ACTIVE',
    ...(SCANNED.test(repositoryName) && {
      imageScanStatus: {
        status: 'COMPLETE',
        description: 'The scan was completed successfully.',
      },
      imageScanFindingsSummary: findings,
    }),
  };
}

function describeFindings(
  content: ContentStore,
  input: AwsInput,
): VendorAnswer {
  const name = input.text('repositoryName') ?? '';
  const digest = input.object('imageId').text('imageDigest') ?? '';
  if (!findStoredImage(content, name, digest)) {
    return awsError(
      'ImageNotFoundException',
      `The image with imageId {imageDigest:'${digest}'} does not exist within the repository with name '${name}'`,
    );
  }
  if (!SCANNED.test(name)) {
    return awsError(
      'ScanNotFoundException',
      `Image scan does not exist for the image with '{imageDigest:'${digest}'}' in the repository with name '${name}'`,
    );
  }
  return awsAnswer({
    registryId: ecrPlace.account,
    repositoryName: name,
    imageId: { imageDigest: digest },
    imageScanStatus: {
      status: 'COMPLETE',
      description: 'The scan was completed successfully.',
    },
    imageScanFindings: { ...findings, findings: [] },
  });
}
