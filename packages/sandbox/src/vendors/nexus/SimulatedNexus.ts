import { AccessControl } from '../../registry/access/AccessControl';
import { RegistryError } from '../../registry/protocol/RegistryError';
import { seedVendorImages } from '../registry/seedVendorImages';
import { VendorRegistry } from '../registry/VendorRegistry';
import { SimulatedVendor } from '../SimulatedVendor';
import {
  emptyAnswer,
  headerOf,
  jsonAnswer,
  textAnswer,
  VendorAnswer,
  withHeader,
} from '../VendorAnswer';
import { VendorClock } from '../VendorClock';
import { VendorRequest, withPath } from '../VendorRequest';
import { callerOf, NexusCaller } from './accounts';
import { answerNexusApi } from './api';
import { NexusCapability } from './capabilities';

/** A repository of Nexus, and where its images are kept. */
export interface SimulatedRepository {
  name: string;
  format: 'docker' | 'maven2';
  type: 'hosted' | 'proxy' | 'group';
  /** Absent for other formats; of a group that of its first member. */
  registry?: VendorRegistry;
}

const HOST = 'nexus.example.com';
const CHALLENGE = 'BASIC realm="Sonatype Nexus Repository Manager"';

/** Repositories by the port of their connector. */
const connectors: Readonly<Record<string, string>> = {
  5000: 'docker-hosted',
  5001: 'docker-group',
};

const basicAccess: AccessControl = {
  authorize({ headers }) {
    const caller: NexusCaller | 'refused' | undefined = callerOf({ headers });
    if (caller === undefined || caller === 'refused') {
      throw new RegistryError('UNAUTHORIZED', undefined, {
        'WWW-Authenticate': CHALLENGE,
      });
    }
    if (!caller.mayRead) {
      throw new RegistryError('DENIED');
    }
    return { actor: caller.username };
  },
};

/**
 * Sonatype Nexus Repository 3, by the REST API and the Docker registry pages
 * of help.sonatype.com. Each repository has its connector: `docker-hosted` at
 * port 5000, `docker-group` at 5001, all at their subdomains and, by path
 * based routing, below `nexus.example.com/<repository>/<image>`.
 */
export class SimulatedNexus implements SimulatedVendor {
  readonly id = 'nexus';
  readonly hosts = [
    HOST,
    `*.${HOST}`,
    ...Object.keys(connectors).map(port => `${HOST}:${port}`),
  ];
  /** What `docker-hosted` holds. */
  readonly registry: VendorRegistry;
  readonly repositories: SimulatedRepository[];
  /** By id. */
  readonly capabilities = new Map<string, NexusCapability>();

  /** @param seed - false for empty repositories */
  static create({
    clock = new VendorClock(),
    seed = true,
  }: { clock?: VendorClock; seed?: boolean } = {}): SimulatedNexus {
    const nexus = new SimulatedNexus(clock);
    if (seed) {
      seedVendorImages(nexus.registry, 'acme');
      nexus.repositories[1].registry!.add({
        repository: 'library/nginx',
        tags: ['1.27'],
        pushedAt: new Date('2026-11-10T08:00:00Z'),
      });
    }
    return nexus;
  }

  private constructor(clock: VendorClock) {
    const registry = () =>
      new VendorRegistry({
        clock,
        access: basicAccess,
        behavior: { referrers: false },
      });
    this.registry = registry();
    this.repositories = [
      {
        name: 'docker-hosted',
        format: 'docker',
        type: 'hosted',
        registry: this.registry,
      },
      {
        name: 'docker-hub',
        format: 'docker',
        type: 'proxy',
        registry: registry(),
      },
      {
        name: 'docker-group',
        format: 'docker',
        type: 'group',
        // Groups answer without Link, whole (sonatype/nexus-public#117).
        registry: new VendorRegistry({
          clock,
          access: basicAccess,
          behavior: { referrers: false, tagPaging: false },
          content: this.registry.content,
        }),
      },
      { name: 'maven-releases', format: 'maven2', type: 'hosted' },
    ];
  }

  async handle(request: VendorRequest): Promise<VendorAnswer | undefined> {
    const docker = dockerPath(request);
    if (docker) {
      return this.dockerAnswer(request, docker);
    }
    const caller = callerOf(request);
    return caller === 'refused'
      ? emptyAnswer({ status: 401, headers: { 'WWW-Authenticate': CHALLENGE } })
      : answerNexusApi(this, caller, request);
  }

  private async dockerAnswer(
    request: VendorRequest,
    { name, rest }: { name?: string; rest: string },
  ): Promise<VendorAnswer | undefined> {
    const repository = this.repositories.find(each => each.name === name);
    if (name !== undefined && !repository?.registry) {
      return textAnswer('<html><body>Repository not found</body></html>', {
        status: 404,
        headers: { 'Content-Type': 'text/html' },
      });
    }
    const registry = repository?.registry ?? this.registry;
    const answer = await registry.handle(withPath(request, rest));
    return answer && spoiled(answer, rest, name);
  }
}

/**
 * What Nexus does its own way: nulls among tags (containers/skopeo#2409), and
 * a Link to the path behind the connector (sonatype/nexus-public#1011).
 */
function spoiled(
  answer: VendorAnswer,
  path: string,
  repository: string | undefined,
): VendorAnswer {
  const link = headerOf(answer, 'Link');
  const linked = link
    ? withHeader(
        answer,
        'Link',
        link.replace('</v2/', `</repository/${repository}/v2/`),
      )
    : answer;
  if (!path.includes('/tags/list') || !Buffer.isBuffer(answer.body)) {
    return linked;
  }
  const listed = JSON.parse(answer.body.toString('utf8')) as {
    tags?: unknown[];
  };
  return listed.tags
    ? {
        ...linked,
        body: jsonAnswer({ ...listed, tags: [null, ...listed.tags] }).body,
      }
    : linked;
}

/** The repository and the path from `/v2/` on, by any connector. */
function dockerPath({
  host,
  rawPath,
  url,
}: VendorRequest): { name?: string; rest: string } | undefined {
  const explicit = /^\/repository\/([^/]+)(\/v2\/.*)$/.exec(rawPath);
  if (explicit) {
    return { name: explicit[1], rest: explicit[2] };
  }
  if (!/^\/v2(\/|$)/.test(rawPath)) {
    return undefined;
  }
  const connected =
    connectors[url.port] ??
    (host.endsWith(`.${HOST}`) ? host.slice(0, -HOST.length - 1) : undefined);
  if (connected !== undefined) {
    return { name: connected, rest: rawPath };
  }
  const [, name, rest] = /^\/v2\/([^/]+)\/(.+)$/.exec(rawPath) ?? [];
  return name ? { name, rest: `/v2/${rest}` } : { rest: rawPath };
}
