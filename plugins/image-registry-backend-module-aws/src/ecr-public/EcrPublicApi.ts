import {
  DescribeImageTagsCommand,
  DescribeRegistriesCommand,
  DescribeRepositoriesCommand,
  ECRPUBLICClient,
  GetAuthorizationTokenCommand,
} from '@aws-sdk/client-ecr-public';
import {
  RegistryCallOptions,
  shaped,
  Shaped,
  TemporaryLogin,
} from '@slipway/backstage-plugin-image-registry-node';
import { AwsCredentialIdentityProvider } from '@smithy/types';
import { PUBLIC_REGION } from '../ecrAddress';
import { loginData, readLogin } from '../login';
import { callAws, GuardedRequestHandler } from '../sdk';
import { TITLE } from '../title';

/** What of a repository's entry is used; times are of the SDK. */
const publicRepository = {
  repositoryUri: 'text',
  createdAt: 'unknown',
} as const;

/** What of a tag's entry is used. */
const publicTag = {
  imageTag: 'text',
  createdAt: 'unknown',
  imageDetail: {
    imageDigest: 'text',
    imagePushedAt: 'unknown',
    imageSizeInBytes: 'number',
  },
} as const;

/** {@inheritDoc publicRepository} */
export type PublicRepository = Shaped<typeof publicRepository>;
/** {@inheritDoc publicTag} */
export type PublicTag = Shaped<typeof publicTag>;

/** Entries of a page, at most. */
const PAGE_SIZE = 1_000;

/**
 * The API of ECR Public, version 2020-10-30, which knows only the caller's own
 * repositories.
 */
export class EcrPublicApi {
  readonly #client: ECRPUBLICClient;

  constructor(parts: {
    identity: AwsCredentialIdentityProvider;
    handler: GuardedRequestHandler;
  }) {
    this.#client = new ECRPUBLICClient({
      region: PUBLIC_REGION,
      credentials: parts.identity,
      requestHandler: parts.handler,
    });
  }

  /** A password of 12 hours, with higher limits than anonymous pulls have. */
  async login(options: RegistryCallOptions): Promise<TemporaryLogin> {
    const operation = 'get a login for the registry';
    const answer = await callAws(
      {
        ...options,
        title: TITLE,
        operation,
        action: 'ecr-public:GetAuthorizationToken',
      },
      sdkOptions =>
        this.#client.send(new GetAuthorizationTokenCommand({}), sdkOptions),
    );
    const { authorizationData } = shaped(answer, {
      authorizationData: loginData,
    });
    return readLogin(authorizationData, operation);
  }

  /**
   * First parts of the names of the caller's repositories.
   *
   * @param operation - what they are needed for
   */
  async aliases(
    operation: string,
    options: RegistryCallOptions,
  ): Promise<string[]> {
    const answer = await callAws(
      {
        ...options,
        title: TITLE,
        operation,
        action: 'ecr-public:DescribeRegistries',
      },
      sdkOptions =>
        this.#client.send(new DescribeRegistriesCommand({}), sdkOptions),
    );
    const { registries = [] } = shaped(answer, {
      registries: [{ aliases: [{ name: 'text' }] }],
    });
    return registries.flatMap(({ aliases = [] }) =>
      aliases.flatMap(({ name }) => name ?? []),
    );
  }

  async repositories(
    nextToken: string | undefined,
    options: RegistryCallOptions,
  ): Promise<{ repositories?: PublicRepository[]; nextToken?: string }> {
    const answer = await callAws(
      {
        ...options,
        title: TITLE,
        operation: 'list the repositories',
        action: 'ecr-public:DescribeRepositories',
      },
      sdkOptions =>
        this.#client.send(
          new DescribeRepositoriesCommand({ maxResults: PAGE_SIZE, nextToken }),
          sdkOptions,
        ),
    );
    return shaped(answer, {
      repositories: [publicRepository],
      nextToken: 'text',
    });
  }

  /** @param repository - with the alias in front, as it is pulled */
  async tags(
    repository: string,
    nextToken: string | undefined,
    options: RegistryCallOptions,
  ): Promise<{ imageTagDetails?: PublicTag[]; nextToken?: string }> {
    const answer = await callAws(
      {
        ...options,
        title: TITLE,
        operation: `list the tags of ${repository}`,
        action: 'ecr-public:DescribeImageTags',
      },
      sdkOptions =>
        this.#client.send(
          new DescribeImageTagsCommand({
            repositoryName: repository.slice(repository.indexOf('/') + 1),
            maxResults: PAGE_SIZE,
            nextToken,
          }),
          sdkOptions,
        ),
    );
    return shaped(answer, { imageTagDetails: [publicTag], nextToken: 'text' });
  }
}
