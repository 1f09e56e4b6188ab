import { ContentStore } from '../../registry/content/ContentStore';
import { seedVendorImages } from '../registry/seedVendorImages';
import { VendorRegistry } from '../registry/VendorRegistry';
import { SimulatedVendor } from '../SimulatedVendor';
import { VendorAnswer } from '../VendorAnswer';
import { VendorClock } from '../VendorClock';
import { VendorRequest } from '../VendorRequest';
import { callerOf } from './accounts';
import { answerGitlabApi } from './api';
import { GraphqlAge } from './graphql';

/** GitLab and its registry are two hosts of one installation. */
const INSTALLATIONS = [
  { gitlab: 'gitlab.com', registry: 'registry.gitlab.com' },
  { gitlab: 'git.example.com', registry: 'registry.git.example.com' },
] as const;
const STORAGE = 'https://cdn.registry.gitlab-static.net';

/** How a GitLab is simulated. */
export interface SimulatedGitlabOptions {
  clock?: VendorClock;
  /** False for an empty registry. */
  seed?: boolean;
  /** `today` by default. */
  graphql?: GraphqlAge;
}

/**
 * gitlab.com and a GitLab of one's own with the same content: the APIs of
 * docs.gitlab.com/api/container_registry, and the registries whose tokens come
 * from GitLab (`/jwt/auth`).
 */
export class SimulatedGitlab implements SimulatedVendor {
  readonly id = 'gitlab';
  readonly hosts = [
    ...INSTALLATIONS.flatMap(({ gitlab, registry }) => [gitlab, registry]),
    new URL(STORAGE).host,
  ];

  /** That of gitlab.com. */
  readonly registry: VendorRegistry;
  private readonly registries: ReadonlyMap<string, VendorRegistry>;
  private readonly graphql: GraphqlAge;

  static create(options: SimulatedGitlabOptions = {}): SimulatedGitlab {
    const {
      clock = new VendorClock(),
      graphql = 'today',
      seed = true,
    } = options;
    const gitlab = new SimulatedGitlab(clock, graphql);
    if (seed) {
      const { registry } = gitlab;
      seedVendorImages(registry, 'acme/shop');
      for (const repository of ['acme/solo', 'acme/team/tool', 'octo/notes']) {
        registry.add({ repository, tags: ['latest'] });
      }
    }
    return gitlab;
  }

  private constructor(clock: VendorClock, graphql: GraphqlAge) {
    const content = new ContentStore(clock.now);
    this.graphql = graphql;
    this.registries = new Map(
      INSTALLATIONS.map(({ gitlab, registry }) => [
        registry,
        new VendorRegistry({
          clock,
          content,
          storage: STORAGE,
          access: {
            mode: 'token',
            realm: `https://${gitlab}/jwt/auth`,
            service: 'container_registry',
            users: signIn,
            allowPost: false,
          },
        }),
      ]),
    );
    this.registry = this.registries.get(INSTALLATIONS[0].registry)!;
  }

  async handle(request: VendorRequest): Promise<VendorAnswer | undefined> {
    const installation = INSTALLATIONS.find(
      ({ gitlab, registry }) =>
        gitlab === request.host || registry === request.host,
    );
    const registry =
      (installation && this.registries.get(installation.registry)) ??
      this.registry;
    if (installation?.gitlab !== request.host) {
      return registry.handle(request);
    }
    return request.path === '/jwt/auth'
      ? registry.handle(request)
      : answerGitlabApi(
          {
            content: registry.content,
            registryHost: installation.registry,
            graphql: this.graphql,
          },
          request,
        );
  }
}

/** The catalog is for nobody: GitLab has lists of its own. */
function signIn(username: string, password: string) {
  const caller = callerOf(password);
  return caller?.username === username
    ? {
        username,
        access: [
          { repository: 'acme/*', actions: ['pull'] },
          { repository: 'octo/*', actions: ['pull'] },
        ],
      }
    : undefined;
}
