import {
  compileRule,
  deploymentReadPermission,
  evaluateRule,
  PolicyPreview,
  PreviewPolicy,
} from '@slipway/backstage-plugin-image-registry-common';
import { Access, Actor } from '../access';
import { withRegistryErrors } from '../http';
import { RegistryService } from '../registries';
import { requireGrant } from './requireGrant';
import { listAllTags } from './tagListing';

/** Candidates that a preview answers at most: the best and some others. */
const MAX_PREVIEW = 500;

/** Shows what a rule would choose, without saving anything. */
export class PolicyPreviewer {
  constructor(
    private readonly options: { access: Access; registries: RegistryService },
  ) {}

  /** What a rule would choose from the tags as they are now. */
  async preview(actor: Actor, input: PreviewPolicy): Promise<PolicyPreview> {
    const { access, registries } = this.options;
    const entity = await access.requireEntity(
      actor,
      input.entityRef,
      deploymentReadPermission,
    );
    const rule = compileRule(input.rule);
    await requireGrant(registries, entity, input.image);
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
      incompleteReason: listing.reason,
    };
  }
}
