import {
  CheckStep,
  isArtifactTag,
  isDigest,
  isRepository,
  isTag,
  RepositoryItem,
  TagItem,
} from '@slipway/backstage-plugin-image-registry-common';
import {
  advice,
  advise,
  callOptions,
  checkFindings,
  ExpiringLogin,
  isoTime,
  ListOptions,
  OciRegistryClient,
  readFollowingPages,
  RegistryCallOptions,
  RegistryConnection,
  RegistryError,
  RegistryPage,
  searchPage,
  withVendorSteps,
} from '@slipway/backstage-plugin-image-registry-node';
import { checkAws } from '../checkAws';
import { PUBLIC_HOST } from '../ecrAddress';
import { TITLE } from '../title';
import { EcrPublicApi, PublicRepository, PublicTag } from './EcrPublicApi';

/** Of 1 000 entries each. */
const MOST_PAGES = 200;

/** What takes the place of a list for whoever is anonymous. */
const notListed = {
  skipped: true,
  code: 'unsupported',
  message: 'ECR Public lists repositories only to the account that owns them',
  ...advice(
    advise(
      'aws-type-names',
      'Type the names of repositories instead of choosing them from a list, as in nginx/nginx',
    ),
  ),
};

/**
 * ECR Public: everybody pulls; the API lists the account's own repositories,
 * the others are typed.
 */
export class EcrPublicClient extends OciRegistryClient {
  readonly #account: { api: EcrPublicApi; login: ExpiringLogin } | undefined;
  #aliases: string[] | undefined;

  /** @param api - absent for anonymous */
  constructor(connection: RegistryConnection, api?: EcrPublicApi) {
    const login = api && new ExpiringLogin(options => api.login(options));
    super(connection, { title: TITLE, ...(login && { login }) });
    this.#account = api && login && { api, login };
  }

  async check(options: RegistryCallOptions = {}): Promise<CheckStep[]> {
    if (!this.#account) {
      return withVendorSteps(await this.checkSignIn(options), {
        list: async () => notListed,
      });
    }
    const { api, login } = this.#account;
    return checkAws(this.connection, login, options, async () => {
      const { repositories = [], nextToken } = await api.repositories(
        undefined,
        options,
      );
      return checkFindings.listed(
        `${repositories.length}${nextToken ? '+' : ''}`,
      );
    });
  }

  async listRepositories(
    options: ListOptions,
  ): Promise<RegistryPage<RepositoryItem>> {
    if (!this.#account) {
      throw new RegistryError(
        'unsupported',
        `${TITLE}: could not list the repositories at ${PUBLIC_HOST}: ${notListed.message}`,
        { hint: notListed.remedy },
      );
    }
    const { api } = this.#account;
    const call = callOptions(options);
    const page = await readFollowingPages<RepositoryItem>({
      mostPages: MOST_PAGES,
      read: async next => {
        const { repositories = [], nextToken } = await api.repositories(
          next,
          call,
        );
        return {
          items: repositories.flatMap(toRepositoryItem),
          count: repositories.length,
          next: nextToken,
        };
      },
    });
    const namespace = options.namespace ?? this.connection.namespace;
    const items = page.items.filter(
      ({ repository }) => !namespace || repository.startsWith(`${namespace}/`),
    );
    return searchPage(
      {
        ...page,
        items,
        ...(page.complete && { totalItems: items.length }),
      },
      options.search,
    );
  }

  /** By the API for what is the account's own, else by the protocol. */
  async listTags(
    repository: string,
    options: ListOptions,
  ): Promise<RegistryPage<TagItem>> {
    const call = callOptions(options);
    const api = await this.#apiOf(repository, call);
    if (!api) {
      return super.listTags(repository, options);
    }
    const page = await readFollowingPages<TagItem>({
      mostPages: MOST_PAGES,
      read: async next => {
        const { imageTagDetails = [], nextToken } = await api.tags(
          repository,
          next,
          call,
        );
        return {
          items: imageTagDetails.flatMap(toTagItem),
          count: imageTagDetails.length,
          next: nextToken,
        };
      },
    });
    return searchPage(page, options.search);
  }

  /** Where the account's rights do not tell, the protocol does. */
  async #apiOf(
    repository: string,
    options: RegistryCallOptions,
  ): Promise<EcrPublicApi | undefined> {
    if (!this.#account) {
      return undefined;
    }
    const { api } = this.#account;
    const [alias] = repository.split('/', 1);
    try {
      this.#aliases ??= await api.aliases(
        `list the tags of ${repository}`,
        options,
      );
      return this.#aliases.includes(alias) ? api : undefined;
    } catch (error) {
      if (error instanceof RegistryError && error.code === 'forbidden') {
        return undefined;
      }
      throw error;
    }
  }
}

function toRepositoryItem({
  createdAt,
  repositoryUri,
}: PublicRepository): RepositoryItem[] {
  const prefix = `${PUBLIC_HOST}/`;
  const repository = repositoryUri?.startsWith(prefix)
    ? repositoryUri.slice(prefix.length)
    : undefined;
  const updatedAt = isoTime(createdAt);
  return repository && isRepository(repository)
    ? [{ repository, isPublic: true, ...(updatedAt && { updatedAt }) }]
    : [];
}

function toTagItem({ createdAt, imageDetail, imageTag }: PublicTag): TagItem[] {
  if (!imageTag || !isTag(imageTag) || isArtifactTag(imageTag)) {
    return [];
  }
  const { imageDigest, imagePushedAt, imageSizeInBytes } = imageDetail ?? {};
  const pushedAt = isoTime(imagePushedAt ?? createdAt);
  return [
    {
      tag: imageTag,
      ...(imageDigest && isDigest(imageDigest) && { digest: imageDigest }),
      ...(pushedAt && { pushedAt }),
      ...(imageSizeInBytes && { size: imageSizeInBytes }),
    },
  ];
}
