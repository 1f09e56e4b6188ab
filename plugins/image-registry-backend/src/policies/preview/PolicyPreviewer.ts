import {
  compileRule,
  deploymentReadPermission,
  CompiledRule,
  evaluateRule,
  PolicyPreview,
  PreviewPolicy,
  replayHistory,
  TagHistory,
  TagHistoryQuery,
} from '@slipway/backstage-plugin-image-registry-common';
import { Access, Actor } from '../../access';
import { withRegistryErrors } from '../../http';
import { RegistryService } from '../../registries';
import { requireGrant } from '../requireGrant';
import { listAllTags } from '../tagListing';
import { TagHistories } from './TagHistories';

/** Candidates that a preview answers at most: the best and some others. */
const MAX_PREVIEW = 500;

/** Shows what a rule would choose, without saving anything. */
export class PolicyPreviewer {
  constructor(
    private readonly options: {
      access: Access;
      histories: TagHistories;
      registries: RegistryService;
    },
  ) {}

  /** What a rule would choose from the tags as they are now. */
  async preview(actor: Actor, input: PreviewPolicy): Promise<PolicyPreview> {
    const { histories, registries } = this.options;
    const rule = compileRule(input.rule);
    await this.#requireReadable(actor, input);
    const { registryId, repository } = input.image;
    const listing = await withRegistryErrors(async () =>
      listAllTags(await registries.client(registryId), repository),
    );
    const evaluation = evaluateRule(rule, listing.candidates, listing);
    return {
      selected: evaluation.selected?.tag,
      blocked: evaluation.blocked,
      open: evaluation.open,
      candidates: evaluation.newestFirst(MAX_PREVIEW),
      totalItems: listing.candidates.length,
      complete: listing.complete,
      incompleteReason: listing.reason?.message,
      incompleteBecause: listing.reason,
      past: pastOf(rule, await histories.of(input.image)),
    };
  }

  /** What became of a repository's tags, for replaying rules while typing. */
  async history(actor: Actor, query: TagHistoryQuery): Promise<TagHistory> {
    const { entityRef, registryId, repository } = query;
    const image = { registryId, repository };
    await this.#requireReadable(actor, { entityRef, image });
    return this.options.histories.of(image);
  }

  async #requireReadable(
    actor: Actor,
    { entityRef, image }: Pick<PreviewPolicy, 'entityRef' | 'image'>,
  ): Promise<void> {
    const { access, registries } = this.options;
    const entity = await access.requireEntity(
      actor,
      entityRef,
      deploymentReadPermission,
    );
    await requireGrant(registries, entity, image);
  }
}

function pastOf(
  rule: CompiledRule,
  history: TagHistory,
): PolicyPreview['past'] {
  const deploys = replayHistory(rule, history);
  const { from, to, changes } = history;
  return deploys && { from, to, changes: changes.length, deploys };
}
