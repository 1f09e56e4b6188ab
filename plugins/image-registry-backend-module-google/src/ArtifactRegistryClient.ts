import {
  CheckStep,
  isRepository,
  RepositoryItem,
  ScanSummary,
  TagItem,
} from '@slipway/backstage-plugin-image-registry-common';
import {
  checkStep,
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
import {
  ArtifactRegistryApi,
  GoogleApi,
  readTagListing,
  toTagItemsOfImage,
  VulnerabilityApi,
} from './api';
import { decoded } from './api/tags';
import { AccessTokens } from './identity';
import {
  formatImageName,
  ImageName,
  parseImageName,
  parseScope,
  Place,
  Scope,
} from './place';
import { TITLE } from './title';

/** Of 1 000 entries each. */
const MOST_PAGES = 200;

/** Repositories of a project whose images are listed. */
const MOST_REPOSITORIES = 200;

/** Entries by which the check shows that listing works. */
const SAMPLE_SIZE = 100;

/** Name with which Google takes access tokens as passwords. */
const TOKEN_USER = 'oauth2accesstoken';

/** What takes the place of a list for whoever is anonymous. */
const notListed = {
  code: 'unsupported',
  message: 'its API answers nobody who is anonymous',
  hint: 'Sign in with a service account, or type the names of repositories instead of choosing them from a list',
} as const;

interface Account {
  tokens: AccessTokens;
  login: ExpiringLogin;
  api: ArtifactRegistryApi;
  vulnerabilities: VulnerabilityApi;
}

/**
 * Artifact Registry: its API for listings, the protocol for images. What is a
 * repository here, `project/repository/image`, is a package there.
 */
export class ArtifactRegistryClient extends OciRegistryClient {
  readonly #account: Account | undefined;
  readonly #place: Place;

  /** @param tokens - absent for anonymous */
  constructor(
    connection: RegistryConnection,
    place: Place,
    tokens: AccessTokens | undefined,
  ) {
    const login = tokens && loginOf(tokens);
    super(connection, { title: TITLE, ...(login && { login }) });
    this.#place = place;
    if (tokens && login) {
      const google = new GoogleApi(connection.http, login);
      this.#account = {
        tokens,
        login,
        api: new ArtifactRegistryApi(google, place),
        vulnerabilities: new VulnerabilityApi(google),
      };
    }
  }

  async check(options: RegistryCallOptions = {}): Promise<CheckStep[]> {
    const account = this.#account;
    if (!account) {
      return withVendorSteps(await this.checkSignIn(options), {
        list: async () => ({ skipped: true, ...notListed }),
      });
    }
    const first = [
      await this.checkPing(options),
      await checkStep('authenticate', async () => {
        await account.login.get(options);
      }),
    ];
    let found: Required<Scope> | undefined;
    return withVendorSteps(first, {
      list: async () => {
        const scope = await this.#scope(account, undefined);
        const { message, repository } = await this.#sample(
          account,
          scope,
          options,
        );
        found = repository ? { project: scope.project, repository } : undefined;
        return { message, sample: repository };
      },
      pull: async () => this.#assertMayDownload(account, found!, options),
    });
  }

  /** Repositories in Google's sense, behind their project. */
  async listNamespaces(options: ListOptions): Promise<RegistryPage<string>> {
    const account = this.#signedIn('list the repositories');
    const scope = await this.#scope(account, undefined);
    if (scope.repository) {
      const items = [nameOfScope(this.#place, scope)];
      return { items, totalItems: 1, complete: true };
    }
    const page = await this.#repositories(account, scope, options);
    return {
      ...page,
      items: page.items.map(repository =>
        nameOfScope(this.#place, { project: scope.project, repository }),
      ),
    };
  }

  async listRepositories(
    options: ListOptions,
  ): Promise<RegistryPage<RepositoryItem>> {
    const account = this.#signedIn('list the repositories');
    const scope = await this.#scope(account, options.namespace);
    const repositories: RegistryPage<string> = scope.repository
      ? { items: [scope.repository], complete: true }
      : await this.#repositories(account, scope, options);
    const wanted = repositories.items.slice(0, MOST_REPOSITORIES);
    const pages = await Promise.all(
      wanted.map(repository =>
        this.#images(account, { project: scope.project, repository }, options),
      ),
    );
    const reason =
      repositories.reason ??
      pages.find(page => !page.complete)?.reason ??
      (wanted.length < repositories.items.length
        ? `Only the images of the first ${MOST_REPOSITORIES} repositories were read; enter project/repository as the namespace`
        : undefined);
    const items = pages.flatMap(page => page.items);
    return searchPage(
      {
        items,
        complete: reason === undefined,
        ...(reason === undefined ? { totalItems: items.length } : { reason }),
      },
      options.search,
    );
  }

  /** All in one answer; where Google leaves the details out, by its API. */
  async listTags(
    repository: string,
    options: ListOptions,
  ): Promise<RegistryPage<TagItem>> {
    const account = this.#account;
    if (!account) {
      return super.listTags(repository, options);
    }
    const call = only(options);
    const listing = readTagListing(await account.api.tagList(repository, call));
    const name = parseImageName(this.#place, repository);
    if (listing.detailed || !name) {
      const items = listing.tags;
      return searchPage(
        { items, totalItems: items.length, complete: true },
        options.search,
      );
    }
    return searchPage(
      await this.#taggedImages(account, name, repository, call),
      options.search,
    );
  }

  async scanReport(
    repository: string,
    digest: string,
    options: RegistryCallOptions = {},
  ): Promise<ScanSummary> {
    const account = this.#signedIn(`read the scan of ${repository}`);
    const name = parseImageName(this.#place, repository);
    return name
      ? account.vulnerabilities.summary(
          name.project,
          `${this.#place.host}/${repository}@${digest}`,
          options,
        )
      : { status: 'not-scanned' };
  }

  async #sample(
    { api }: Account,
    { project, repository }: Scope,
    options: RegistryCallOptions,
  ): Promise<{ message: string; repository?: string }> {
    if (repository) {
      const { entries } = await api.packages(
        { project, repository },
        { ...options, pageSize: SAMPLE_SIZE },
      );
      return { message: `${entries.length} images`, repository };
    }
    const { entries, nextPageToken } = await api.repositories(project, {
      ...options,
      pageSize: SAMPLE_SIZE,
    });
    const names = entries.flatMap(repositoryName);
    return {
      message: `${names.length}${
        nextPageToken ? ' or more' : ''
      } Docker repositories in project ${project}`,
      repository: names[0],
    };
  }

  async #assertMayDownload(
    { api }: Account,
    at: Required<Scope>,
    options: RegistryCallOptions,
  ): Promise<{ message: string }> {
    const place = `${at.project}/${at.repository}`;
    if (!(await api.mayDownload(at, options))) {
      throw new RegistryError(
        'forbidden',
        `${TITLE}: the service account lacks the permission artifactregistry.repositories.downloadArtifacts on ${place}`,
        {
          hint: 'Grant the role roles/artifactregistry.reader on the project or the repository',
        },
      );
    }
    return { message: place };
  }

  #repositories(
    { api }: Account,
    { project }: Scope,
    options: RegistryCallOptions,
  ): Promise<RegistryPage<string>> {
    return readFollowingPages<string>({
      mostPages: MOST_PAGES,
      read: async pageToken => {
        const { entries, nextPageToken } = await api.repositories(project, {
          ...only(options),
          pageToken,
        });
        return {
          items: entries.flatMap(repositoryName),
          count: entries.length,
          next: nextPageToken,
        };
      },
    });
  }

  #images(
    { api }: Account,
    at: Required<Scope>,
    options: RegistryCallOptions,
  ): Promise<RegistryPage<RepositoryItem>> {
    return readFollowingPages<RepositoryItem>({
      mostPages: MOST_PAGES,
      read: async pageToken => {
        const { entries, nextPageToken } = await api.packages(at, {
          ...only(options),
          pageToken,
        });
        return {
          items: entries.flatMap(entry =>
            toRepositoryItem(this.#place, at, entry),
          ),
          count: entries.length,
          next: nextPageToken,
        };
      },
    });
  }

  #taggedImages(
    { api }: Account,
    name: ImageName,
    repository: string,
    options: RegistryCallOptions,
  ): Promise<RegistryPage<TagItem>> {
    return readFollowingPages<TagItem>({
      mostPages: MOST_PAGES,
      read: async pageToken => {
        const { entries, nextPageToken } = await api.dockerImages(name, {
          ...options,
          pageToken,
          of: repository,
        });
        return {
          items: entries.flatMap(entry => toTagItemsOfImage(entry, name.image)),
          count: entries.length,
          next: nextPageToken,
        };
      },
    });
  }

  /** What is asked for, else what the registry is limited to, else the account's own project. */
  async #scope({ tokens }: Account, asked: string | undefined): Promise<Scope> {
    const namespace = asked ?? this.connection.namespace;
    if (namespace) {
      return parseScope(this.#place, namespace);
    }
    const project = await tokens.project();
    if (!project) {
      throw new RegistryError(
        'unsupported',
        `${TITLE}: could not list the repositories: it is not known of which project`,
        { hint: 'Enter the project as the namespace of the registry' },
      );
    }
    return parseScope(this.#place, project);
  }

  /** @throws RegistryError for whoever is anonymous */
  #signedIn(operation: string): Account {
    if (!this.#account) {
      throw new RegistryError(
        notListed.code,
        `${TITLE}: could not ${operation} at ${this.#place.host}: ${
          notListed.message
        }`,
        { hint: notListed.hint },
      );
    }
    return this.#account;
  }
}

function loginOf(tokens: AccessTokens): ExpiringLogin {
  return new ExpiringLogin(async options => {
    const { expiresAt, token } = await tokens.fetch(options);
    return {
      username: TOKEN_USER,
      password: token,
      ...(expiresAt !== undefined && { expiresAt }),
    };
  });
}

function only({ signal, priority }: RegistryCallOptions): RegistryCallOptions {
  return { signal, priority };
}

function lastPart(name: unknown): string {
  return typeof name === 'string' ? name.slice(name.lastIndexOf('/') + 1) : '';
}

/** Other formats, such as Maven, hold no images. */
function repositoryName(entry: Record<string, unknown>): string[] {
  const name = lastPart(entry.name);
  return entry.format === 'DOCKER' && name ? [name] : [];
}

function nameOfScope(place: Place, { project, repository }: Scope): string {
  return [
    project.replace(':', '/'),
    ...(repository && !place.legacyRepository ? [repository] : []),
  ].join('/');
}

function toRepositoryItem(
  place: Place,
  at: Required<Scope>,
  entry: Record<string, unknown>,
): RepositoryItem[] {
  const image = decoded(lastPart(entry.name));
  const repository = formatImageName(place, { ...at, image });
  const updatedAt = isoTime(entry.updateTime);
  return image && isRepository(repository)
    ? [{ repository, ...(updatedAt && { updatedAt }) }]
    : [];
}
