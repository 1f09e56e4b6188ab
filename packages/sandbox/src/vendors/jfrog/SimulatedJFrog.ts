import { seedVendorImages } from '../registry/seedVendorImages';
import { VendorRegistry } from '../registry/VendorRegistry';
import { SimulatedVendor } from '../SimulatedVendor';
import { emptyAnswer, jsonAnswer, VendorAnswer } from '../VendorAnswer';
import { VendorClock } from '../VendorClock';
import { VendorRequest, withPath } from '../VendorRequest';
import { challengeOf, JFrogAccess, refusal } from './accounts';
import { answerArtifactoryApi } from './api';
import { Subscription, answerEventApi } from './subscriptions';

/** A repository key, and what of its content is where. */
export interface SimulatedRepository {
  key: string;
  type: 'LOCAL' | 'REMOTE' | 'VIRTUAL';
  packageType: 'Docker' | 'Maven';
  /** Absent for other packages than images. */
  registry?: VendorRegistry;
  /** Keys whose files are stored for it: its own, its cache, those behind it. */
  stores: string[];
}

/** Hosts: the cloud, and an Artifactory of one's own in three ways. */
const CLOUD = 'acme.jfrog.io';
const OWN = 'artifactory.example.com';
const PORT = '5001';

/**
 * JFrog Artifactory, by the REST API of jfrog.com/help/r/jfrog-rest-apis and
 * the Docker access methods of the Artifactory documentation. `docker-local`
 * is local, `docker-hub` remote, `docker` virtual before both.
 *
 * Reached as `acme.jfrog.io/<key>/<image>`, as `<key>.artifactory.example.com`
 * and, `docker-local` alone, as `artifactory.example.com:5001`.
 */
export class SimulatedJFrog implements SimulatedVendor {
  readonly id = 'jfrog';
  readonly hosts = [CLOUD, OWN, `*.${OWN}`, `${OWN}:${PORT}`];
  readonly subscriptions = new Map<string, Subscription>();
  /** What `docker-local` holds. */
  readonly registry: VendorRegistry;
  private readonly access: JFrogAccess;
  private readonly repositories: SimulatedRepository[];

  /** @param seed - false for empty repositories */
  static create({
    clock = new VendorClock(),
    seed = true,
  }: { clock?: VendorClock; seed?: boolean } = {}): SimulatedJFrog {
    const jfrog = new SimulatedJFrog(clock);
    if (seed) {
      jfrog.seed();
    }
    return jfrog;
  }

  private constructor(clock: VendorClock) {
    this.access = new JFrogAccess(clock);
    const registry = () =>
      new VendorRegistry({
        clock,
        access: this.access.ofRepository(),
        behavior: { referrers: false },
      });
    this.registry = registry();
    this.repositories = [
      {
        key: 'docker-local',
        type: 'LOCAL',
        packageType: 'Docker',
        registry: this.registry,
        stores: ['docker-local'],
      },
      {
        key: 'docker-hub',
        type: 'REMOTE',
        packageType: 'Docker',
        registry: registry(),
        stores: ['docker-hub-cache'],
      },
      {
        key: 'docker',
        type: 'VIRTUAL',
        packageType: 'Docker',
        registry: this.registry,
        stores: ['docker-local', 'docker-hub-cache'],
      },
      { key: 'libs-release', type: 'LOCAL', packageType: 'Maven', stores: [] },
    ];
  }

  async handle(request: VendorRequest): Promise<VendorAnswer | undefined> {
    if (request.path === '/v2/token') {
      return this.access.issueToken(request);
    }
    const docker = dockerPath(request);
    if (docker) {
      return this.dockerAnswer(request, docker);
    }
    const caller = this.access.callerOf(request);
    if (caller === 'refused') {
      return refusal(401, 'Bad credentials');
    }
    return (
      answerArtifactoryApi(this.repositories, caller, request) ??
      answerEventApi(this.subscriptions, caller, request)
    );
  }

  private seed(): void {
    seedVendorImages(this.registry, 'acme');
    const cache = this.repositories[1].registry!;
    cache.add({
      repository: 'library/nginx',
      // Of a pull by digest; Docker's list has it among the tags.
      tags: ['1.27', `sha256__${'c'.repeat(64)}`],
      pushedAt: new Date('2026-11-10T08:00:00Z'),
    });
  }

  private async dockerAnswer(
    request: VendorRequest,
    { key, rest }: { key?: string; rest: string },
  ): Promise<VendorAnswer | undefined> {
    if (key === undefined) {
      return this.ping(request);
    }
    if (/\/referrers\//.test(rest)) {
      return refusal(406, 'Not Acceptable');
    }
    const repository = this.find(key);
    if (!repository?.registry) {
      const caller = this.access.callerOf(request);
      return typeof caller === 'object'
        ? refusal(404, `No such repository: ${key}`)
        : this.ping(request);
    }
    const answer = await repository.registry.handle(withPath(request, rest));
    // As it says to accounts that may not deploy (RTFACT-13797).
    return answer?.status === 404 && /\/manifests\//.test(rest)
      ? jsonAnswer(
          { errors: [{ code: 'DENIED', message: 'access denied' }] },
          { status: 403 },
        )
      : answer;
  }

  /** A cache is not in the list of repositories, and found all the same. */
  private find(key: string): SimulatedRepository | undefined {
    return this.repositories.find(
      each =>
        each.key === key ||
        (each.type === 'REMOTE' && key === `${each.key}-cache`),
    );
  }

  private ping(request: VendorRequest): VendorAnswer {
    return typeof this.access.callerOf(request) === 'object'
      ? jsonAnswer(
          {},
          { headers: { 'Docker-Distribution-Api-Version': 'registry/2.0' } },
        )
      : emptyAnswer({
          status: 401,
          headers: { 'WWW-Authenticate': challengeOf(request.url) },
        });
  }
}

/** The repository key and the path from `/v2/` on, by any access method. */
function dockerPath({
  host,
  rawPath,
  url,
}: VendorRequest): { key?: string; rest: string } | undefined {
  const explicit = /^\/artifactory\/api\/docker\/([^/]+)(\/v2\/.*)$/.exec(
    rawPath,
  );
  if (explicit) {
    return { key: explicit[1], rest: explicit[2] };
  }
  if (!/^\/v2(\/|$)/.test(rawPath)) {
    return undefined;
  }
  if (url.port === PORT) {
    return { key: 'docker-local', rest: rawPath };
  }
  if (host.endsWith(`.${OWN}`)) {
    return { key: host.slice(0, -OWN.length - 1), rest: rawPath };
  }
  const [, key, rest] = /^\/v2\/([^/]+)\/(.+)$/.exec(rawPath) ?? [];
  return key ? { key, rest: `/v2/${rest}` } : { rest: rawPath };
}
