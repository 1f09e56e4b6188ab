import {
  CheckStep,
  RepositoryItem,
  SIGN_IN_OPTION,
  TagItem,
} from '@slipway/backstage-plugin-image-registry-common';
import {
  advise,
  callOptions,
  checkFindings,
  checkStep,
  failureFinding,
  ListOptions,
  OciRegistryClient,
  RegistryCallOptions,
  RegistryConnection,
  RegistryError,
  RegistryPage,
  searchPage,
  skippedStep,
  VendorListing,
} from '@slipway/backstage-plugin-image-registry-node';
import { DEPLOY_TOKEN } from './descriptor';
import { gitlabAddress, gitlabOfTokenService } from './gitlabAddress';
import { GitlabApi } from './GitlabApi';
import { GitlabPlaces } from './GitlabPlaces';
import { readTags } from './tags';

const TITLE = 'GitLab';

const withoutSample = { skipped: true, ...checkFindings.nothingToPull() };

/**
 * GitLab's registry: its API for listings, the OCI protocol for images. The
 * API is where the registry's tokens come from.
 */
export class GitlabClient extends OciRegistryClient {
  readonly #api: GitlabApi;
  readonly #places: GitlabPlaces;

  constructor(connection: RegistryConnection) {
    super(connection, { title: TITLE });
    this.#api = new GitlabApi(connection, options => this.#findUrl(options));
    this.#places = new GitlabPlaces(this.#api);
  }

  /**
   * The token for pulling one repository proves the sign-in as well, so it is
   * asked for once, after the API has named a repository.
   */
  async check(options: RegistryCallOptions = {}): Promise<CheckStep[]> {
    const ping = await this.checkPing(options);
    if (!ping.ok) {
      return [
        ping,
        skippedStep('authenticate'),
        skippedStep('list'),
        skippedStep('pull'),
      ];
    }
    let sample: string | undefined;
    const list = await checkStep('list', async () => {
      const { sample: found, ...finding } = await this.#sample(options);
      sample = found;
      return finding;
    });
    const pull = await checkStep('pull', async () => {
      await (sample
        ? this.assertMayPull(sample, options)
        : this.oci.ping(options));
      return sample ? { message: sample } : withoutSample;
    });
    const { code } = pull;
    if (pull.ok || code === 'forbidden') {
      return [ping, authenticated(pull, this.#hasToken), list, pull];
    }
    return [
      ping,
      { ...pull, name: 'authenticate' },
      skippedStep('list'),
      skippedStep('pull'),
    ];
  }

  async listNamespaces(options: ListOptions): Promise<RegistryPage<string>> {
    const { namespace } = this.connection;
    if (namespace) {
      return { items: [namespace], totalItems: 1, complete: true };
    }
    this.#assertMayList('list the groups');
    return this.#places.groups(callOptions(options));
  }

  async listRepositories(
    options: ListOptions,
  ): Promise<RegistryPage<RepositoryItem>> {
    const place = options.namespace ?? this.connection.namespace;
    this.#assertMayList('list the repositories');
    return searchPage(
      place
        ? await this.#places.repositories(
            place.toLowerCase(),
            callOptions(options),
          )
        : await this.#places.ownRepositories(callOptions(options)),
      options.search,
    );
  }

  /**
   * With digests, times and sizes. What only the registry accepts, and a
   * GitLab without GraphQL, lists the names by the protocol.
   */
  async listTags(
    repository: string,
    options: ListOptions,
  ): Promise<RegistryPage<TagItem>> {
    if (this.#isDeployToken || !this.#hasToken) {
      return super.listTags(repository, options);
    }
    const place = await this.#places.find(repository, callOptions(options));
    const page = await readTags(
      { api: this.#api, place, repository },
      callOptions(options),
    );
    return page
      ? searchPage(page, options.search)
      : super.listTags(repository, options);
  }

  get #hasToken(): boolean {
    return Boolean(this.connection.credentials?.password);
  }

  /** By what was chosen, or by how GitLab names and marks them. */
  get #isDeployToken(): boolean {
    const { credentials = {}, options } = this.connection;
    return (
      options[SIGN_IN_OPTION] === DEPLOY_TOKEN ||
      /^gitlab\+deploy-token-/.test(credentials.username ?? '') ||
      /^gldt-/.test(credentials.password ?? '')
    );
  }

  async #sample(options: RegistryCallOptions): Promise<VendorListing> {
    const { namespace } = this.connection;
    if (this.#isDeployToken || (!this.#hasToken && !namespace)) {
      return {
        skipped: true,
        ...failureFinding(this.#noListing('list the repositories')),
      };
    }
    if (!namespace) {
      const { items } = await this.#places.groups(callOptions(options));
      return checkFindings.groups(items.length);
    }
    const place = namespace.toLowerCase();
    const { items, isWhole } = await this.#places.sample(
      place,
      callOptions(options),
    );
    return {
      ...checkFindings.listed(`${items.length}${isWhole ? '' : '+'}`, place),
      sample: items[0]?.repository,
    };
  }

  #assertMayList(operation: string): void {
    const isPublic = !this.#hasToken && Boolean(this.connection.namespace);
    if (this.#isDeployToken || (!this.#hasToken && !isPublic)) {
      throw this.#noListing(operation);
    }
  }

  #noListing(operation: string): RegistryError {
    return new RegistryError(
      'unsupported',
      `${TITLE}: could not ${operation}: ${
        this.#isDeployToken
          ? 'its API does not accept deploy tokens'
          : 'its API lists them only for those who sign in'
      }`,
      {
        hint: advise(
          'gitlab-type-or-token',
          'Type the names of repositories, or use an access token with read_api and read_registry',
        ),
      },
    );
  }

  /**
   * Where the API is: as it was entered, else where the registry sends for
   * tokens.
   */
  async #findUrl(options: RegistryCallOptions): Promise<string> {
    const entered = this.connection.options.gitlabAddress;
    const url = entered
      ? gitlabAddress(String(entered))
      : gitlabOfTokenService(await this.findTokenService(callOptions(options)));
    if (!url) {
      throw new RegistryError(
        'unsupported',
        `${TITLE}: could not find the API of ${
          new URL(this.connection.address).host
        } to list repositories: its tokens do not come from a GitLab`,
        { hint: advise('gitlab-enter-address', 'Enter the GitLab address') },
      );
    }
    return url;
  }
}

function authenticated(pull: CheckStep, hasToken: boolean): CheckStep {
  return {
    name: 'authenticate',
    ok: true,
    ...(!hasToken && checkFindings.anonymous()),
    durationMs: pull.durationMs,
  };
}
