import {
  DescribeImagesCommand,
  DescribeImageScanFindingsCommand,
  DescribeRepositoriesCommand,
  ECRClient,
  GetAuthorizationTokenCommand,
  ScanNotFoundException,
} from '@aws-sdk/client-ecr';
import {
  RegistryCallOptions,
  shaped,
  Shaped,
  TemporaryLogin,
} from '@slipway/backstage-plugin-image-registry-node';
import { AwsCredentialIdentityProvider } from '@smithy/types';
import { PrivateEcrAddress } from '../ecrAddress';
import { loginData, readLogin } from '../login';
import { callAws, GuardedRequestHandler } from '../sdk';
import { TITLE } from '../title';
import { EcrImage, ecrImage, EcrRepository, ecrRepository } from './images';
import { findingsSummary } from './scan';

/** Entries of a page, at most. */
const PAGE_SIZE = 1_000;

const scanAnswer = {
  imageScanStatus: { status: 'text' },
  imageScanFindings: findingsSummary,
} as const;

/** What an API of one registry is made of. */
export interface EcrApiParts {
  place: PrivateEcrAddress;
  identity: AwsCredentialIdentityProvider;
  handler: GuardedRequestHandler;
}

/**
 * The API of private registries, as far as it is read: API reference of
 * Amazon ECR, version 2015-09-21. Pages lead to each other by `nextToken`.
 */
export class EcrApi {
  readonly #client: ECRClient;
  /** Account of the URI: it may be another than the caller's. */
  readonly #registryId: string;

  constructor({ handler, identity, place }: EcrApiParts) {
    this.#registryId = place.account;
    this.#client = new ECRClient({
      region: place.region,
      useFipsEndpoint: place.fips,
      useDualstackEndpoint: place.dualstack,
      credentials: identity,
      requestHandler: handler,
    });
  }

  /** A password of 12 hours for the registry. */
  async login(options: RegistryCallOptions): Promise<TemporaryLogin> {
    const operation = 'get a login for the registry';
    const answer = await callAws(
      {
        ...options,
        title: TITLE,
        operation,
        action: 'ecr:GetAuthorizationToken',
      },
      sdkOptions =>
        this.#client.send(new GetAuthorizationTokenCommand({}), sdkOptions),
    );
    const { authorizationData } = shaped(answer, {
      authorizationData: [loginData],
    });
    return readLogin(authorizationData?.[0], operation);
  }

  async repositories(
    { nextToken, maxResults = PAGE_SIZE }: EcrPageRequest,
    options: RegistryCallOptions,
  ): Promise<{ repositories?: EcrRepository[]; nextToken?: string }> {
    const answer = await callAws(
      {
        ...options,
        title: TITLE,
        operation: 'list the repositories',
        action: 'ecr:DescribeRepositories',
      },
      sdkOptions =>
        this.#client.send(
          new DescribeRepositoriesCommand({
            registryId: this.#registryId,
            maxResults,
            nextToken,
          }),
          sdkOptions,
        ),
    );
    return shaped(answer, { repositories: [ecrRepository], nextToken: 'text' });
  }

  async repository(
    name: string,
    options: RegistryCallOptions,
  ): Promise<EcrRepository | undefined> {
    const answer = await callAws(
      {
        ...options,
        title: TITLE,
        operation: `read the settings of ${name}`,
        action: 'ecr:DescribeRepositories',
      },
      sdkOptions =>
        this.#client.send(
          new DescribeRepositoriesCommand({
            registryId: this.#registryId,
            repositoryNames: [name],
          }),
          sdkOptions,
        ),
    );
    return shaped(answer, { repositories: [ecrRepository] }).repositories?.[0];
  }

  /** Tagged ones only: an index has as many untagged children as platforms. */
  async images(
    repository: string,
    { nextToken }: EcrPageRequest,
    options: RegistryCallOptions,
  ): Promise<{ imageDetails?: EcrImage[]; nextToken?: string }> {
    const answer = await callAws(
      {
        ...options,
        title: TITLE,
        operation: `list the tags of ${repository}`,
        action: 'ecr:DescribeImages',
      },
      sdkOptions =>
        this.#client.send(
          new DescribeImagesCommand({
            registryId: this.#registryId,
            repositoryName: repository,
            filter: { tagStatus: 'TAGGED' },
            maxResults: PAGE_SIZE,
            nextToken,
          }),
          sdkOptions,
        ),
    );
    return shaped(answer, { imageDetails: [ecrImage], nextToken: 'text' });
  }

  /** Empty for an image that was never scanned. */
  async scanFindings(
    repository: string,
    imageDigest: string,
    options: RegistryCallOptions,
  ): Promise<Shaped<typeof scanAnswer>> {
    const answer = await callAws<object>(
      {
        ...options,
        title: TITLE,
        operation: `read the scan of ${repository}@${imageDigest}`,
        action: 'ecr:DescribeImageScanFindings',
      },
      async sdkOptions => {
        try {
          return await this.#client.send(
            new DescribeImageScanFindingsCommand({
              registryId: this.#registryId,
              repositoryName: repository,
              imageId: { imageDigest },
              // The counts stand beside the findings, on every page.
              maxResults: 1,
            }),
            sdkOptions,
          );
        } catch (error) {
          if (error instanceof ScanNotFoundException) {
            return {};
          }
          throw error;
        }
      },
    );
    return shaped(answer, scanAnswer);
  }
}

/** Which page is asked for. */
export interface EcrPageRequest {
  nextToken?: string;
  maxResults?: number;
}
