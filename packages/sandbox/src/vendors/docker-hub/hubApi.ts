import { ContentStore } from '../../registry/content/ContentStore';
import {
  lastPushOf,
  listStoredImages,
  listStoredRepositories,
  StoredImage,
  StoredTag,
} from '../registry/storedImages';
import { jsonAnswer, VendorAnswer } from '../VendorAnswer';
import { VendorClock } from '../VendorClock';
import { bearerTokenOf, jsonBodyOf, VendorRequest } from '../VendorRequest';
import { accountOf, DockerHubAccount, PUBLIC_NAMESPACES } from './accounts';

/** Seconds for which a token of the API holds. */
const TOKEN_LIFE = 600;

/** Requests in a minute, by the API's own limit. */
const REQUESTS_A_MINUTE = 180;

const REPOSITORIES = /^\/v2\/namespaces\/([^/]+)\/repositories$/;
const TAGS = /^\/v2\/namespaces\/([^/]+)\/repositories\/([^/]+)\/tags$/;

interface IssuedToken {
  account: DockerHubAccount;
  /** Milliseconds since the epoch. */
  expiresAt: number;
}

/** The API of hub.docker.com: docs.docker.com/reference/api/hub/latest. */
export class SimulatedHubApi {
  readonly #content: ContentStore;
  readonly #clock: VendorClock;
  readonly #tokens = new Map<string, IssuedToken>();

  constructor(content: ContentStore, clock: VendorClock) {
    this.#content = content;
    this.#clock = clock;
  }

  answer(request: VendorRequest): VendorAnswer {
    const answer =
      request.path === '/v2/auth/token' && request.method === 'POST'
        ? this.#issue(request)
        : this.#answerCaller(request);
    const minute = Math.ceil(this.#clock.now() / 60_000) * 60;
    return {
      ...answer,
      headers: {
        ...answer.headers,
        'X-RateLimit-Limit': String(REQUESTS_A_MINUTE),
        'X-RateLimit-Remaining': String(REQUESTS_A_MINUTE - 1),
        'X-RateLimit-Reset': String(minute),
      },
    };
  }

  /** Ends all tokens before their time. */
  revokeTokens(): void {
    this.#tokens.clear();
  }

  #issue(request: VendorRequest): VendorAnswer {
    const { identifier, secret } = (jsonBodyOf(request) ?? {}) as Record<
      string,
      unknown
    >;
    const account = accountOf(String(identifier), String(secret));
    if (!account) {
      return jsonAnswer(
        { message: 'Incorrect authentication credentials', errinfo: {} },
        { status: 401 },
      );
    }
    const now = this.#clock.now();
    const claims = {
      iat: Math.floor(now / 1000),
      exp: Math.floor(now / 1000) + TOKEN_LIFE,
      sub: account.username,
      jti: this.#tokens.size,
    };
    const part = (value: object) =>
      Buffer.from(JSON.stringify(value)).toString('base64url');
    const token = `${part({ alg: 'none' })}.${part(claims)}.unsigned`;
    this.#tokens.set(token, {
      account,
      expiresAt: now + TOKEN_LIFE * 1000,
    });
    return jsonAnswer({ access_token: token });
  }

  #answerCaller(request: VendorRequest): VendorAnswer {
    const bearer = bearerTokenOf(request);
    const token = bearer === undefined ? undefined : this.#tokens.get(bearer);
    if (bearer && (!token || token.expiresAt <= this.#clock.now())) {
      return refusal(401, 'token is invalid or has expired');
    }
    const account = token?.account;
    if (account && !account.mayRead) {
      return refusal(
        403,
        'access to the resource is forbidden with organization access token',
      );
    }
    if (request.path === '/v2/repositories/namespaces') {
      return namespaces(account);
    }
    const [, owner] = REPOSITORIES.exec(request.path) ?? [];
    if (owner) {
      return this.#repositories(request, account, owner);
    }
    const [, namespace, name] = TAGS.exec(request.path) ?? [];
    return namespace
      ? this.#tags(request, account, `${namespace}/${name}`)
      : refusal(404, 'page not found');
  }

  #repositories(
    request: VendorRequest,
    account: DockerHubAccount | undefined,
    namespace: string,
  ): VendorAnswer {
    const names = listStoredRepositories(this.#content).filter(
      name => name.split('/', 1)[0] === namespace,
    );
    if (!names.length) {
      return refusal(404, 'object not found');
    }
    return pageAnswer(
      request,
      names
        .filter(() => maySee(account, namespace))
        .map(name => this.#toRepository(name)),
    );
  }

  #toRepository(fullName: string) {
    const [namespace, name] = fullName.split('/');
    const pushed = lastPushOf(this.#content, fullName)?.toISOString();
    return {
      name,
      namespace,
      repository_type: 'image',
      status: 1,
      status_description: 'active',
      description: namespace === 'library' ? 'An official image' : '',
      is_private: !PUBLIC_NAMESPACES.includes(namespace),
      star_count: 3,
      pull_count: 4711,
      last_updated: pushed ?? null,
      date_registered: '2026-01-05T09:00:00Z',
      media_types: ['application/vnd.oci.image.index.v1+json'],
      content_types: ['image'],
    };
  }

  #tags(
    request: VendorRequest,
    account: DockerHubAccount | undefined,
    repository: string,
  ): VendorAnswer {
    const [namespace] = repository.split('/', 1);
    // What somebody may not see does not exist for them.
    if (
      !maySee(account, namespace) ||
      !this.#content.hasRepository(repository)
    ) {
      return refusal(404, 'object not found');
    }
    const entries = listStoredImages(this.#content, repository)
      .flatMap(image => image.tags.map(tag => ({ image, tag })))
      .sort((a, b) => b.tag.pushedAt.getTime() - a.tag.pushedAt.getTime());
    return pageAnswer(request, entries.map(toTag));
  }
}

function namespaces(account: DockerHubAccount | undefined): VendorAnswer {
  if (!account) {
    return refusal(401, 'Authentication credentials were not provided');
  }
  return account.kind === 'personal'
    ? jsonAnswer({ namespaces: account.namespaces })
    : refusal(
        403,
        'access to the resource is forbidden with organization access token',
      );
}

function toTag({ image, tag }: { image: StoredImage; tag: StoredTag }) {
  const pushed = tag.pushedAt.toISOString();
  return {
    id: 1,
    name: tag.name,
    creator: 7,
    full_size: image.size,
    digest: image.digest,
    media_type: image.mediaType,
    content_type: image.platforms.length ? 'image' : 'helm',
    last_updated: pushed,
    last_updater: 7,
    last_updater_username: 'ada',
    tag_status: 'active',
    tag_last_pushed: pushed,
    tag_last_pulled: null,
    v2: true,
    images: image.platforms.map(platform => ({
      architecture: platform.architecture,
      features: '',
      variant: platform.variant ?? null,
      digest: platform.digest,
      os: platform.os,
      os_features: '',
      os_version: null,
      size: platform.size,
      status: 'active',
      last_pulled: null,
      last_pushed: pushed,
    })),
  };
}

function maySee(
  account: DockerHubAccount | undefined,
  namespace: string,
): boolean {
  return (
    PUBLIC_NAMESPACES.includes(namespace) ||
    Boolean(account?.namespaces.includes(namespace))
  );
}

function pageAnswer(request: VendorRequest, entries: unknown[]): VendorAnswer {
  const page = Number(request.query.get('page') ?? 1);
  const size = Number(request.query.get('page_size') ?? 10);
  if (size > 100) {
    return refusal(400, 'page_size must be at most 100');
  }
  if (page > 1 && (page - 1) * size >= entries.length) {
    return refusal(404, 'page not found');
  }
  const url = (number: number) => {
    const other = new URL(request.url);
    other.searchParams.set('page', String(number));
    return other.href;
  };
  return jsonAnswer({
    count: entries.length,
    next: page * size < entries.length ? url(page + 1) : null,
    previous: page > 1 ? url(page - 1) : null,
    results: entries.slice((page - 1) * size, page * size),
  });
}

function refusal(status: number, message: string): VendorAnswer {
  return jsonAnswer({ message, errinfo: {} }, { status });
}
