import { AccessControl } from '../../registry/access/AccessControl';
import { TokenAccess } from '../../registry/access/TokenAccess';
import { seedVendorImages } from '../registry/seedVendorImages';
import { VendorRegistry } from '../registry/VendorRegistry';
import { SimulatedVendor } from '../SimulatedVendor';
import { VendorAnswer } from '../VendorAnswer';
import { VendorClock } from '../VendorClock';
import { VendorRequest } from '../VendorRequest';
import { answerAnalysisApi } from './analysisApi';
import {
  answerArtifactRegistryApi,
  SimulatedRepository,
} from './artifactRegistryApi';
import { googlePlace } from './googlePlace';
import { PubSub } from './PubSub';
import { ServiceAccounts } from './ServiceAccounts';
import { extendedTagList } from './tagList';

const { host, legacyHost, location, project, repository } = googlePlace;

/**
 * Artifact Registry in one location, gcr.io, and what both need of Google's
 * other services: tokens, storage, Container Analysis, Pub/Sub.
 */
export class SimulatedArtifactRegistry implements SimulatedVendor {
  readonly id = 'google-artifact-registry';
  readonly hosts = [
    host,
    legacyHost,
    googlePlace.apiHost,
    googlePlace.tokenHost,
    googlePlace.analysisHost,
    googlePlace.pubSubHost,
    googlePlace.storageHost,
  ];
  readonly registry: VendorRegistry;
  readonly legacyRegistry: VendorRegistry;
  readonly pubSub: PubSub;
  private readonly accounts: ServiceAccounts;
  private readonly repositories: readonly SimulatedRepository[];

  /** @param seed - false for empty registries */
  static create({
    clock = new VendorClock(),
    seed = true,
  }: { clock?: VendorClock; seed?: boolean } = {}): SimulatedArtifactRegistry {
    const google = new SimulatedArtifactRegistry(clock);
    if (seed) {
      seedVendorImages(google.registry, `${project}/${repository}`);
      google.registry.add({
        repository: `${project}/${repository}/tools/lint`,
        tags: ['v3'],
        pushedAt: new Date('2026-10-01T09:30:00Z'),
      });
      google.legacyRegistry.add({
        repository: `${project}/worker`,
        tags: ['v7'],
        pushedAt: new Date('2026-10-01T09:30:00Z'),
      });
    }
    return google;
  }

  private constructor(clock: VendorClock) {
    this.accounts = new ServiceAccounts(clock);
    this.pubSub = new PubSub(this.accounts);
    this.registry = this.createRegistry(host, clock);
    this.legacyRegistry = this.createRegistry(legacyHost, clock);
    const common = { project, format: 'DOCKER' as const };
    this.repositories = [
      {
        ...common,
        location,
        name: repository,
        host,
        prefix: `${project}/${repository}/`,
        content: this.registry.content,
      },
      {
        ...common,
        format: 'MAVEN',
        location,
        name: 'libraries',
        host,
        prefix: `${project}/libraries/`,
        content: this.registry.content,
      },
      {
        ...common,
        location: 'us',
        name: legacyHost,
        host: legacyHost,
        prefix: `${project}/`,
        content: this.legacyRegistry.content,
      },
    ];
  }

  async handle(request: VendorRequest): Promise<VendorAnswer | undefined> {
    switch (request.host) {
      case googlePlace.apiHost:
        return answerArtifactRegistryApi(
          this.repositories,
          this.accounts,
          request,
        );
      case googlePlace.tokenHost:
        return request.path === '/token'
          ? this.accounts.issueToken(request)
          : undefined;
      case googlePlace.analysisHost:
        return answerAnalysisApi(this.accounts, request);
      case googlePlace.pubSubHost:
        return this.pubSub.handle(request);
      case legacyHost:
        return withExtension(this.legacyRegistry, request);
      default:
        return withExtension(this.registry, request);
    }
  }

  private createRegistry(name: string, clock: VendorClock): VendorRegistry {
    return new VendorRegistry({
      clock,
      storage: `https://${googlePlace.storageHost}`,
      access: withAccessTokens(
        new TokenAccess({
          mode: 'token',
          realm: `https://${name}/v2/token`,
          service: name,
          now: clock.now,
          users: (username, password) =>
            this.accounts.signIn(username, password),
          allowPost: false,
        }),
        this.accounts,
      ),
    });
  }
}

/** Google takes its access tokens in the place of those of the realm, too. */
function withAccessTokens(
  tokens: TokenAccess,
  accounts: ServiceAccounts,
): AccessControl {
  return {
    authorize(request, required) {
      const [, token] =
        /^bearer\s+(\S+)$/i.exec(request.headers.authorization ?? '') ?? [];
      const account = accounts.ofToken(token);
      return account?.mayRead
        ? { actor: account.email }
        : tokens.authorize(request, required);
    },
    isTokenRequest: url => tokens.isTokenRequest(url),
    issueToken: request => tokens.issueToken(request),
  };
}

async function withExtension(
  registry: VendorRegistry,
  request: VendorRequest,
): Promise<VendorAnswer | undefined> {
  const answer = await registry.handle(request);
  const [, name] = /^\/v2\/(.+)\/tags\/list$/.exec(request.path) ?? [];
  return name && answer?.status === 200
    ? extendedTagList(registry.content, name)
    : answer;
}
