import { Reason } from '@slipway/backstage-plugin-image-registry-common';
import { Access } from '../access';
import { RegistryService } from '../registries';
import { ListeningPolicy } from './PolicyStore';
import { policyReasons } from './reasons';

/** For how long an answer is used again, in ms: a burst asks the catalog once. */
const CACHE_MS = 5_000;

/** Under whose authority a policy deploys, and whether that still stands. */
export class Authority {
  readonly #cache = new Map<
    string,
    { until: number; answer: Promise<Reason | undefined> }
  >();

  constructor(
    private readonly access: Access,
    private readonly registries: RegistryService,
  ) {}

  /** Why the policy may not deploy now; undefined when it may. */
  async objection(policy: ListeningPolicy): Promise<Reason | undefined> {
    const key = `${policy.id}:${policy.version}`;
    const cached = this.#cache.get(key);
    if (cached && cached.until > Date.now()) {
      return cached.answer;
    }
    const answer = this.#ask(policy);
    this.#cache.set(key, { until: Date.now() + CACHE_MS, answer });
    answer.catch(() => this.#cache.delete(key));
    this.#forgetOld();
    return answer;
  }

  async #ask(policy: ListeningPolicy): Promise<Reason | undefined> {
    const entity = await this.access.entity(policy.entityRef);
    if (!entity) {
      return policyReasons.componentGone(policy.entityRef);
    }
    const { registryId, repository } = policy.image;
    const registry = await this.registries.find(registryId);
    if (!registry) {
      return policyReasons.registryGone(registryId);
    }
    if (!this.registries.isGranted(registry, repository, entity)) {
      return policyReasons.notGranted(repository, registry.name);
    }
    return (await this.access.stillMay(policy.author, entity))
      ? undefined
      : policyReasons.authorMayNot(policy.author, policy.entityRef);
  }

  #forgetOld(): void {
    if (this.#cache.size > 10_000) {
      const now = Date.now();
      for (const [key, { until }] of this.#cache) {
        if (until <= now) {
          this.#cache.delete(key);
        }
      }
    }
  }
}
