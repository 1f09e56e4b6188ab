import { AuthService, RootConfigService } from '@backstage/backend-plugin-api';
import {
  Entity,
  RELATION_CHILD_OF,
  RELATION_MEMBER_OF,
  stringifyEntityRef,
} from '@backstage/catalog-model';
import { NotAllowedError } from '@backstage/errors';
import { CatalogService } from '@backstage/plugin-catalog-node';
import {
  because,
  refusal,
} from '@slipway/backstage-plugin-image-registry-node';
import type { Actor } from './Access';
import { isUserRef, ownersOf } from './entityRefs';

/** Groups above groups are followed this far. */
const MAX_GROUP_DEPTH = 10;

function lower(refs: string[]): string[] {
  return refs.map(ref => ref.toLowerCase());
}

/** Who counts as an owner of a component, now and in the background. */
export class Ownership {
  private constructor(
    private readonly auth: AuthService,
    private readonly catalog: CatalogService,
    private readonly config: RootConfigService,
    private readonly mode: 'owners' | 'policy',
    private readonly administrators: string[],
  ) {}

  static create(options: {
    auth: AuthService;
    catalog: CatalogService;
    config: RootConfigService;
  }): Ownership {
    const { config } = options;
    const mode =
      config.getOptionalString('imageRegistry.ownership') ?? 'owners';
    if (mode !== 'owners' && mode !== 'policy') {
      throw new Error(
        `imageRegistry.ownership must be owners or policy, not ${mode}`,
      );
    }
    return new Ownership(
      options.auth,
      options.catalog,
      config,
      mode,
      lower(
        config.getOptionalStringArray('imageRegistry.administrators') ?? [],
      ),
    );
  }

  /** @throws NotAllowedError when the person does not own the component */
  require(actor: Actor, entity: Entity): void {
    if (this.mode === 'policy') {
      return;
    }
    const owners = [...ownersOf(entity), ...this.administrators];
    const mine = lower(actor.ownershipEntityRefs);
    if (!mine.some(ref => owners.includes(ref))) {
      const names = ownersOf(entity).join(', ') || 'nobody';
      const entityRef = stringifyEntityRef(entity);
      throw refusal(
        NotAllowedError,
        because(
          'only-owners-may',
          `Only owners of ${entityRef} may do this; it is owned by ${names}`,
          { entityRef, owners: names },
        ),
      );
    }
  }

  async stillMay(authorRef: string, entity: Entity): Promise<boolean> {
    if (!isUserRef(authorRef)) {
      return this.#serviceStillMay(authorRef);
    }
    const credentials = await this.auth.getOwnServiceCredentials();
    const author = await this.catalog.getEntityByRef(authorRef, {
      credentials,
    });
    if (!author) {
      return false;
    }
    if (this.mode === 'policy') {
      return true;
    }
    const wanted = [...ownersOf(entity), ...this.administrators];
    return this.#belongsTo(author, wanted);
  }

  async #belongsTo(user: Entity, wanted: string[]): Promise<boolean> {
    const credentials = await this.auth.getOwnServiceCredentials();
    const seen = new Set<string>([stringifyEntityRef(user).toLowerCase()]);
    let level = lower(
      (user.relations ?? [])
        .filter(relation => relation.type === RELATION_MEMBER_OF)
        .map(relation => relation.targetRef),
    );
    for (let depth = 0; depth < MAX_GROUP_DEPTH && level.length; depth++) {
      level.forEach(ref => seen.add(ref));
      if (wanted.some(ref => seen.has(ref))) {
        return true;
      }
      const { items } = await this.catalog.getEntitiesByRefs(
        { entityRefs: level },
        { credentials },
      );
      level = lower(
        items
          .flatMap(group => group?.relations ?? [])
          .filter(relation => relation.type === RELATION_CHILD_OF)
          .map(relation => relation.targetRef),
      ).filter(ref => !seen.has(ref));
    }
    return wanted.some(ref => seen.has(ref));
  }

  /** A token that was taken out of the configuration may nothing any more. */
  #serviceStillMay(authorRef: string): boolean {
    const subject = authorRef.replace(/^service:external:|^service:/, '');
    const accesses =
      this.config.getOptionalConfigArray('backend.auth.externalAccess') ?? [];
    return accesses.some(
      access =>
        access.getOptionalString('options.subject') === subject &&
        (access.getOptionalConfigArray('accessRestrictions') ?? []).some(
          restriction => restriction.getString('plugin') === 'image-registry',
        ),
    );
  }
}
