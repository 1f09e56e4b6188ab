import { AccessControl } from '../../registry/access/AccessControl';
import { TokenAccess } from '../../registry/access/TokenAccess';
import { RegistryError } from '../../registry/protocol/RegistryError';
import { seedVendorImages } from '../registry/seedVendorImages';
import { VendorRegistry } from '../registry/VendorRegistry';
import { SimulatedVendor } from '../SimulatedVendor';
import { VendorAnswer } from '../VendorAnswer';
import { VendorClock } from '../VendorClock';
import { VendorRequest } from '../VendorRequest';
import { callerOf, githubAccounts } from './accounts';
import { answerGithubApi } from './api';
import { GithubHooks } from './hooks';

export { githubAccounts };

const API_HOST = 'api.github.com';
const STORAGE = 'https://pkg-containers.githubusercontent.com';
/** A GitHub Enterprise Server with subdomain isolation. */
const ENTERPRISE_HOST = 'github.example.com';
const ENTERPRISE_API = '/api/v3';

/**
 * github.com and a GitHub Enterprise Server with the same content: the API of
 * docs.github.com/rest, and the container registry. `acme` is an organization,
 * `octo` a user with public packages.
 */
export class SimulatedGithub implements SimulatedVendor {
  readonly id = 'github';
  readonly hosts = [
    'ghcr.io',
    API_HOST,
    'pkg-containers.githubusercontent.com',
    ENTERPRISE_HOST,
    `containers.${ENTERPRISE_HOST}`,
  ];

  readonly registry: VendorRegistry;
  readonly hooks = new GithubHooks();

  /** @param seed - false for an empty registry */
  static create({
    clock = new VendorClock(),
    seed = true,
  }: { clock?: VendorClock; seed?: boolean } = {}): SimulatedGithub {
    const github = new SimulatedGithub(clock);
    if (seed) {
      seedVendorImages(github.registry, 'acme');
      github.registry.add({ repository: 'octo/tool/cli', tags: ['latest'] });
    }
    return github;
  }

  private constructor(clock: VendorClock) {
    this.registry = new VendorRegistry({
      clock,
      storage: STORAGE,
      access: accessOf(clock),
    });
  }

  async handle(request: VendorRequest): Promise<VendorAnswer | undefined> {
    const { host, rawPath } = request;
    const state = { content: this.registry.content, hooks: this.hooks };
    if (host === API_HOST) {
      return answerGithubApi(state, rawPath, request);
    }
    if (host === ENTERPRISE_HOST) {
      return rawPath.startsWith(ENTERPRISE_API)
        ? answerGithubApi(state, rawPath.slice(ENTERPRISE_API.length), request)
        : undefined;
    }
    // The catalog of the protocol does not exist there.
    return rawPath === '/v2/_catalog'
      ? undefined
      : this.registry.handle(request);
  }
}

/** Tokens for whoever has one of GitHub; nobody gets at public packages only. */
function accessOf(clock: VendorClock): AccessControl {
  const tokens = new TokenAccess({
    mode: 'token',
    service: 'ghcr.io',
    now: clock.now,
    // The user name does not count: the token says whose it is.
    users: (username, password) =>
      callerOf(password) && {
        username,
        access: [{ repository: '*', actions: ['pull', 'push'] }],
      },
    anonymousActions: ['pull'],
    allowPost: false,
  });
  return {
    isTokenRequest: url => tokens.isTokenRequest(url),
    issueToken: request => tokens.issueToken(request),
    authorize(request, required) {
      const found = tokens.authorize(request, required);
      const isPrivate = required.some(({ name }) => !name.startsWith('octo/'));
      if (!found.actor && isPrivate) {
        throw new RegistryError('DENIED', required);
      }
      return found;
    },
  };
}
