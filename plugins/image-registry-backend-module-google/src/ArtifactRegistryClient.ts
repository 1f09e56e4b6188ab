import {
  CheckStep,
  RepositoryItem,
  ScanSummary,
  TagItem,
} from '@slipway/backstage-plugin-image-registry-common';
import {
  advice,
  advise,
  callOptions,
  checkFindings,
  checkStep,
  ExpiringLogin,
  ListOptions,
  MadeWebhook,
  NewWebhook,
  OciRegistryClient,
  PullCredential,
  RegistryCallOptions,
  RegistryConnection,
  RegistryError,
  RegistryPage,
  searchPage,
  StepFinding,
  toPullCredential,
  withVendorSteps,
} from '@slipway/backstage-plugin-image-registry-node';
import {
  ArtifactRegistryApi,
  GoogleApi,
  PubSubApi,
  VulnerabilityApi,
} from './api';
import { ArtifactListings, dockerRepositoryName } from './ArtifactListings';
import { AccessTokens, TokenScope } from './identity';
import { formatScope, parseImageName, parseScope, Place, Scope } from './place';
import { TITLE } from './title';

/** Entries by which the check shows that listing works. */
const SAMPLE_SIZE = 100;

/** Name with which Google takes access tokens as passwords. */
const TOKEN_USER = 'oauth2accesstoken';

/** What takes the place of a list for whoever is anonymous. */
const notListed = {
  code: 'unsupported',
  message: 'its API answers nobody who is anonymous',
  ...advice(
    advise(
      'google-sign-in-or-type',
      'Sign in with a service account, or type the names of repositories instead of choosing them from a list',
    ),
  ),
} as const;

interface Account {
  tokens: AccessTokens;
  login: ExpiringLogin;
  /** For clusters: downloads images, and nothing else of the portal's. */
  pullLogin: ExpiringLogin;
  api: ArtifactRegistryApi;
  listings: ArtifactListings;
  vulnerabilities: VulnerabilityApi;
  pubSub: PubSubApi;
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
    const login = tokens && loginOf(tokens, 'portal');
    super(connection, { title: TITLE, ...(login && { login }) });
    this.#place = place;
    if (tokens && login) {
      const google = new GoogleApi(connection.http, login);
      const api = new ArtifactRegistryApi(google, place);
      this.#account = {
        tokens,
        login,
        pullLogin: loginOf(tokens, 'pull'),
        api,
        listings: new ArtifactListings(api, place),
        vulnerabilities: new VulnerabilityApi(google),
        pubSub: new PubSubApi(google),
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
    const { project, repository } = await this.#scope(account, undefined);
    const page: RegistryPage<string> = repository
      ? { items: [repository], totalItems: 1, complete: true }
      : await account.listings.repositories(project, callOptions(options));
    return {
      ...page,
      items: page.items.map(each =>
        formatScope(this.#place, { project, repository: each }),
      ),
    };
  }

  async listRepositories(
    options: ListOptions,
  ): Promise<RegistryPage<RepositoryItem>> {
    const account = this.#signedIn('list the repositories');
    const scope = await this.#scope(account, options.namespace);
    return searchPage(
      await account.listings.images(scope, callOptions(options)),
      options.search,
    );
  }

  async listTags(
    repository: string,
    options: ListOptions,
  ): Promise<RegistryPage<TagItem>> {
    return this.#account
      ? searchPage(
          await this.#account.listings.tags(repository, callOptions(options)),
          options.search,
        )
      : super.listTags(repository, options);
  }

  /** A token that can only download, whatever the account's roles are. */
  async pullCredential(
    options: RegistryCallOptions = {},
  ): Promise<PullCredential | undefined> {
    return this.#account && !this.connection.pullCredentials
      ? toPullCredential(await this.#account.pullLogin.get(options))
      : super.pullCredential(options);
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

  /** The place is a project; one topic tells of all its repositories. */
  async createWebhook(
    { name, place, settings = {}, url }: NewWebhook,
    options: RegistryCallOptions = {},
  ): Promise<MadeWebhook> {
    const account = this.#signedIn('make the webhook');
    const { project } = await this.#scope(account, place);
    const { audience, serviceAccount } = settings;
    await account.pubSub.subscribe(
      project,
      { name, url, audience, serviceAccount },
      options,
    );
    return {
      location: `https://console.cloud.google.com/cloudpubsub/subscription/detail/${name}?project=${project}`,
    };
  }

  async #sample(
    { api }: Account,
    { project, repository }: Scope,
    options: RegistryCallOptions,
  ): Promise<StepFinding & { repository?: string }> {
    if (repository) {
      const { entries } = await api.packages(
        { project, repository },
        { ...options, pageSize: SAMPLE_SIZE },
      );
      return {
        ...checkFindings.images(entries.length, `${project}/${repository}`),
        repository,
      };
    }
    const { entries, nextPageToken } = await api.repositories(project, {
      ...options,
      pageSize: SAMPLE_SIZE,
    });
    const names = entries.flatMap(dockerRepositoryName);
    return {
      ...checkFindings.listed(
        `${names.length}${nextPageToken ? '+' : ''}`,
        project,
      ),
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
          hint: advise(
            'google-reader-role',
            'Grant the role roles/artifactregistry.reader on the project or the repository',
          ),
        },
      );
    }
    return { message: place };
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
        {
          hint: advise(
            'google-enter-project',
            'Enter the project as the namespace of the registry',
          ),
        },
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
        { hint: notListed.remedy },
      );
    }
    return this.#account;
  }
}

function loginOf(tokens: AccessTokens, scope: TokenScope): ExpiringLogin {
  return new ExpiringLogin(async options => {
    const { expiresAt, token } = await tokens.fetch(options, scope);
    return {
      username: TOKEN_USER,
      password: token,
      ...(expiresAt !== undefined && { expiresAt }),
    };
  });
}
