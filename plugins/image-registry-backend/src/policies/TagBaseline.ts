import {
  CompiledRule,
  compileRule,
  TagCandidate,
} from '@slipway/backstage-plugin-image-registry-common';
import {
  RegistryClient,
  RegistryError,
} from '@slipway/backstage-plugin-image-registry-node';
import { Decider } from './Decider';
import { PolicyHead, PolicyStore, StoredPolicy } from './PolicyStore';
import { readRule } from './readRule';
import { TagStore } from './TagStore';

/** Tags of one look whose digest the registry is asked for. */
const MAX_ASKED = 300;
const CONCURRENCY = 8;

/** What {@link TagBaseline} is made of. */
export interface TagBaselineOptions {
  decider: Decider;
  policies: PolicyStore;
  tags: TagStore;
}

/**
 * Where a rule has no order of its own, what is pushed later is newer. So what
 * each tag meant before has to be known: otherwise the first event of an old
 * tag, pushed again unchanged, would look like a new image.
 */
export class TagBaseline {
  constructor(private readonly options: TagBaselineOptions) {}

  /**
   * Records what the tags that a policy takes mean now.
   * @throws RegistryError when the registry cannot be asked
   */
  async record(
    policy: StoredPolicy,
    client: RegistryClient,
    candidates: TagCandidate[],
  ): Promise<void> {
    const rule = compileRule(policy.rule);
    if (rule.ordered) {
      return;
    }
    const { tags } = this.options;
    const { registryId, repository } = policy.image;
    const taken = candidates.filter(({ tag }) => rule.test(tag).accepted);
    const unseen = new Set(
      await tags.unseen(
        registryId,
        repository,
        taken.map(({ tag }) => tag),
      ),
    );
    const open = taken.filter(({ tag }) => unseen.has(tag));
    const told = open.filter(({ digest }) => digest !== undefined);
    const untold = open.filter(({ digest }) => digest === undefined);
    const concerns = await this.#othersConcernedBy(policy);
    const [heard, quiet] = partition(told, ({ tag }) => concerns(tag));
    // A push of these may be on its way: their first event is one to the others.
    const [awaited, silent] = partition(untold, ({ tag }) => concerns(tag));
    const asked = [...silent.splice(-MAX_ASKED), ...awaited.slice(-MAX_ASKED)];
    await tags.remember(registryId, repository, [...silent, ...quiet]);
    for (const { tag, digest } of heard) {
      await this.#observe(policy, tag, digest!);
    }
    const [news, unheard] = partition(
      await this.#ask(policy, client, asked),
      ({ tag }) => concerns(tag),
    );
    await tags.remember(registryId, repository, unheard);
    for (const { tag, digest } of news) {
      await this.#observe(policy, tag, digest);
    }
  }

  /** Whether some other policy of the repository could take a tag. */
  async #othersConcernedBy(
    policy: StoredPolicy,
  ): Promise<(tag: string) => boolean> {
    const { registryId, repository } = policy.image;
    const listening = await this.options.policies.listening(
      registryId,
      repository,
    );
    const others = listening
      .filter(({ id }) => id !== policy.id)
      .map(({ rule, head }) => ({ rule: readRule(rule).rule, head }));
    return tag =>
      others.some(({ rule, head }) => rule && mayTake(rule, head, tag));
  }

  async #ask(
    policy: StoredPolicy,
    client: RegistryClient,
    candidates: TagCandidate[],
  ): Promise<Array<{ tag: string; digest: string }>> {
    const open = [...candidates];
    const told: Array<{ tag: string; digest: string }> = [];
    const worker = async () => {
      for (let next = open.pop(); next; next = open.pop()) {
        const digest = await this.#resolve(policy, client, next.tag);
        if (digest) {
          told.push({ tag: next.tag, digest });
        }
      }
    };
    await Promise.all(Array.from({ length: CONCURRENCY }, () => worker()));
    return told;
  }

  /** Undefined for a tag that was deleted since it was listed. */
  async #resolve(
    policy: StoredPolicy,
    client: RegistryClient,
    tag: string,
  ): Promise<string | undefined> {
    try {
      const { digest } = await client.resolve(policy.image.repository, tag, {
        priority: 'background',
      });
      return digest;
    } catch (error) {
      if (error instanceof RegistryError && error.code === 'not-found') {
        return undefined;
      }
      throw error;
    }
  }

  /**
   * For other policies a tag that they take and that nobody has seen is new
   * since they looked: they hear of it.
   */
  async #observe(
    policy: StoredPolicy,
    tag: string,
    digest: string,
  ): Promise<void> {
    const { decider, tags } = this.options;
    const observed = {
      ...policy.image,
      tag,
      digest,
      source: 'evaluation' as const,
      pushedAt: new Date().toISOString(),
    };
    const prepared = await decider.prepare(observed);
    const decided = await tags.transaction(async trx => {
      const seen = await tags.observe(trx, observed, 0, false);
      return seen.result === 'changed'
        ? decider.decide(trx, seen.change, prepared, { except: [policy.id] })
        : undefined;
    });
    if (decided) {
      decider.announce(decided);
    }
  }
}

/** An order of its own tells that a tag is older than the head. */
function mayTake(
  rule: CompiledRule,
  head: PolicyHead | undefined,
  tag: string,
): boolean {
  const isOlder =
    head !== undefined &&
    rule.ordered &&
    !rule.rule.goBack &&
    (rule.compareTags(tag, head.tag) ?? 0) < 0;
  return !isOlder && rule.test(tag).accepted;
}

function partition<T>(
  items: readonly T[],
  belongs: (item: T) => boolean,
): [T[], T[]] {
  return [items.filter(belongs), items.filter(item => !belongs(item))];
}
