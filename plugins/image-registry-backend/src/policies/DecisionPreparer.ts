import { Reason } from '@slipway/backstage-plugin-image-registry-common';
import { RegistryService } from '../registries';
import { environmentOf, EnvironmentStore } from '../targets';
import { Authority } from './Authority';
import { DecisionStore } from './DecisionStore';
import { ImageFacts, readFactsOfDigests } from './imageFacts';
import { ListeningPolicy, PolicyStore } from './PolicyStore';
import { readRule } from './readRule';
import { takersOf } from './takersOf';
import { TagChange } from './TagStore';

/** So many refusals are written down one by one with a change. */
const FEW_REFUSALS = 20;

/** What {@link DecisionPreparer} is made of. */
export interface DecisionPreparerOptions {
  authority: Authority;
  decisions: DecisionStore;
  environments: EnvironmentStore;
  policies: PolicyStore;
  registries: RegistryService;
}

/** What was observed of a tag. */
type Observed = Pick<TagChange, 'registryId' | 'repository' | 'tag' | 'digest'>;

/** A policy that listens, and what was asked about it. */
export interface AskedListener {
  policy: ListeningPolicy;
  /** Its rule does not take the name of the tag, whatever its head is. */
  refuses: boolean;
  /** Why it may deploy nothing now. */
  objection?: Reason;
}

/**
 * What has to be known before the transaction, because inside it nothing but
 * the database is awaited.
 */
export interface Prepared {
  policies: AskedListener[];
  /**
   * The set of them all, when so many refuse that it is not written down one
   * by one.
   */
  listenerSetId?: string;
  /** How the cluster pulls the image. */
  reference: string;
  /** By digest, what rules ask beyond the tag. */
  facts: ReadonlyMap<string, ImageFacts>;
  environmentOf(policy: ListeningPolicy): string | undefined;
}

/** Looks up what the policies of a repository need to decide on a tag. */
export class DecisionPreparer {
  constructor(private readonly options: DecisionPreparerOptions) {}

  /** Asks the catalog for everything the policies that could take a tag need. */
  async prepare(change: Observed): Promise<Prepared> {
    const { policies, registries, environments, authority } = this.options;
    const { registryId, repository, tag, digest } = change;
    const [listening, registry, places] = await Promise.all([
      policies.listeners(registryId, repository),
      registries.get(registryId),
      environments.list(),
    ]);
    const takers = takersOf(listening, tag);
    const asked = listening.map(policy => ({
      policy,
      refuses: !takers.has(policy),
    }));
    const taking = asked.filter(({ refuses }) => !refuses);
    const objections = new Map(
      await Promise.all(
        taking.map(
          async ({ policy }) =>
            [policy.id, await authority.objection(policy)] as const,
        ),
      ),
    );
    return {
      policies: asked.map(({ policy, refuses }) => ({
        policy,
        refuses,
        objection: objections.get(policy.id),
      })),
      listenerSetId:
        asked.length - taking.length > FEW_REFUSALS
          ? await this.options.decisions.keepListeners(listening)
          : undefined,
      facts: await this.#factsFor(
        change,
        taking.map(({ policy }) => policy),
      ),
      reference: registries.pullReference(registry, {
        repository,
        tag,
        digest,
      }),
      environmentOf: policy => environmentOf(places, policy.target)?.name,
    };
  }

  /** Most rules ask for nothing, and the registry is not asked then. */
  async #factsFor(
    { registryId, repository, tag, digest }: Observed,
    taking: readonly ListeningPolicy[],
  ): Promise<ReadonlyMap<string, ImageFacts>> {
    const byCreation = taking.filter(
      ({ rule }) => readRule(rule).rule?.time === 'created',
    );
    const heads = await this.options.policies.findAll(
      byCreation.map(({ id }) => id),
    );
    const isAsked =
      byCreation.length > 0 ||
      taking.some(({ rule }) => readRule(rule).rule?.isOpen({ tag }));
    const digests = [
      ...(isAsked ? [digest] : []),
      ...heads.flatMap(({ head }) => head?.digest ?? []),
    ];
    return digests.length === 0
      ? new Map()
      : readFactsOfDigests(
          await this.options.registries.client(registryId),
          repository,
          digests,
        );
  }
}
