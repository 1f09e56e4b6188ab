import {
  AuthService,
  BackstageCredentials,
  HttpAuthService,
  PermissionsService,
  RootConfigService,
  UserInfoService,
} from '@backstage/backend-plugin-api';
import {
  Entity,
  RELATION_OWNED_BY,
  stringifyEntityRef,
} from '@backstage/catalog-model';
import { NotAllowedError, NotFoundError } from '@backstage/errors';
import { CatalogService } from '@backstage/plugin-catalog-node';
import {
  AuthorizeResult,
  BasicPermission,
  ResourcePermission,
} from '@backstage/plugin-permission-common';
import {
  because,
  refusal,
} from '@slipway/backstage-plugin-image-registry-node';
import { Request } from 'express';
import { noComponent } from '../http';
import { Ownership } from './Ownership';

/** Who calls: a signed-in person or a service with a token. */
export interface Actor {
  kind: 'user' | 'service';
  /** `user:default/ada`, or `service:<subject>`. */
  ref: string;
  /** The person and the groups that count as owners; empty for services. */
  ownershipEntityRefs: string[];
  credentials: BackstageCredentials;
}

/** What {@link Access} is made of. */
export interface AccessOptions {
  auth: AuthService;
  httpAuth: HttpAuthService;
  userInfo: UserInfoService;
  permissions: PermissionsService;
  catalog: CatalogService;
  config: RootConfigService;
}

/**
 * Decides who may do what. Reading something hidden answers "not found",
 * changing it "not allowed". Beside the permission policy, writes ask that
 * the caller owns the component (`imageRegistry.ownership: policy` leaves
 * that to the policy), so that a portal without permissions is safe as well.
 */
export class Access {
  readonly #options: AccessOptions;
  readonly #ownership: Ownership;

  private constructor(options: AccessOptions, ownership: Ownership) {
    this.#options = options;
    this.#ownership = ownership;
  }

  static create(options: AccessOptions): Access {
    return new Access(options, Ownership.create(options));
  }

  /** Who sends this request. */
  async actor(request: Request): Promise<Actor> {
    const { auth, httpAuth, userInfo } = this.#options;
    const credentials = await httpAuth.credentials(request, {
      allow: ['user', 'service'],
    });
    if (auth.isPrincipal(credentials, 'user')) {
      const info = await userInfo.getUserInfo(credentials);
      return {
        kind: 'user',
        ref: info.userEntityRef,
        ownershipEntityRefs: info.ownershipEntityRefs,
        credentials,
      };
    }
    const subject = auth.isPrincipal(credentials, 'service')
      ? credentials.principal.subject
      : 'unknown';
    return {
      kind: 'service',
      ref: `service:${subject}`,
      ownershipEntityRefs: [],
      credentials,
    };
  }

  /** @throws NotAllowedError */
  async require(actor: Actor, permission: BasicPermission): Promise<void> {
    this.requireRestricted(actor, permission.attributes.action !== 'read');
    const [decision] = await this.#options.permissions.authorize(
      [{ permission }],
      { credentials: actor.credentials },
    );
    if (decision.result !== AuthorizeResult.ALLOW) {
      throw refusal(
        NotAllowedError,
        because('not-allowed', `${permission.name} is not allowed for you`, {
          permission: permission.name,
        }),
      );
    }
  }

  /** Whether the actor holds a permission that concerns no resource. */
  async may(actor: Actor, permission: BasicPermission): Promise<boolean> {
    return this.#asBoolean(() => this.require(actor, permission));
  }

  /**
   * The component, when the actor may do this with it.
   * @param options - `ownership: 'waived'` leaves it to the caller to ask who
   * may change it beside the permission policy
   * @throws NotFoundError when it does not exist or reading is hidden
   * @throws NotAllowedError when a change is not allowed
   */
  async requireEntity(
    actor: Actor,
    entityRef: string,
    permission: ResourcePermission<'catalog-entity'>,
    options: { ownership?: 'required' | 'waived' } = {},
  ): Promise<Entity> {
    const { catalog, permissions } = this.#options;
    const write = permission.attributes.action !== 'read';
    this.requireRestricted(actor, write);
    // A service's token is restricted to this plugin: what it may do is asked
    // below, and the catalog is read for it.
    const entity =
      actor.kind === 'service'
        ? await this.entity(entityRef)
        : await catalog.getEntityByRef(entityRef, {
            credentials: actor.credentials,
          });
    if (!entity) {
      throw noComponent(entityRef);
    }
    const [decision] = await permissions.authorize(
      [{ permission, resourceRef: stringifyEntityRef(entity) }],
      { credentials: actor.credentials },
    );
    if (decision.result !== AuthorizeResult.ALLOW) {
      if (!write) {
        throw noComponent(entityRef);
      }
      throw refusal(
        NotAllowedError,
        because(
          'not-allowed-on',
          `${permission.name} is not allowed for you on ${entityRef}`,
          { permission: permission.name, entityRef },
        ),
      );
    }
    const owned = options.ownership !== 'waived';
    if (write && owned && actor.kind === 'user') {
      this.#ownership.require(actor, entity);
    }
    return entity;
  }

  /** Whether {@link Access.requireEntity} would let the actor through. */
  async mayOnEntity(
    actor: Actor,
    entityRef: string,
    permission: ResourcePermission<'catalog-entity'>,
    options: { ownership?: 'required' | 'waived' } = {},
  ): Promise<boolean> {
    return this.#asBoolean(() =>
      this.requireEntity(actor, entityRef, permission, options),
    );
  }

  /**
   * Asks that a person owns a component that is to be made. Services own
   * nothing: what they may is in their restrictions.
   * @throws NotAllowedError
   */
  requireOwnership(actor: Actor, planned: Entity): void {
    if (actor.kind === 'user') {
      this.#ownership.require(actor, planned);
    }
  }

  /** References of everything that somebody owns and the actor may see. */
  async ownedBy(actor: Actor, ownerRef: string): Promise<string[]> {
    const { items } = await this.#options.catalog.getEntities(
      {
        filter: { [`relations.${RELATION_OWNED_BY}`]: ownerRef.toLowerCase() },
        fields: ['kind', 'metadata.name', 'metadata.namespace'],
      },
      { credentials: actor.credentials },
    );
    return items.map(entity => stringifyEntityRef(entity));
  }

  /** The component as the portal itself sees it, for background work. */
  async entity(entityRef: string): Promise<Entity | undefined> {
    return this.#options.catalog.getEntityByRef(entityRef, {
      credentials: await this.#options.auth.getOwnServiceCredentials(),
    });
  }

  /**
   * Whether somebody who once saved a policy may still deploy the component.
   * Background work holds no credentials of a person: this asks the catalog.
   */
  async stillMay(authorRef: string, entity: Entity): Promise<boolean> {
    return this.#ownership.stillMay(authorRef, entity);
  }

  async #asBoolean(check: () => Promise<unknown>): Promise<boolean> {
    try {
      await check();
      return true;
    } catch (error) {
      if (error instanceof NotAllowedError || error instanceof NotFoundError) {
        return false;
      }
      throw error;
    }
  }

  /**
   * A service token that may everything may change nothing here.
   * @throws NotAllowedError when `write` is asked with such a token
   */
  requireRestricted(actor: Actor, write: boolean): void {
    if (actor.kind !== 'service' || !write) {
      return;
    }
    const { auth } = this.#options;
    const { credentials } = actor;
    if (
      auth.isPrincipal(credentials, 'service') &&
      !credentials.principal.accessRestrictions
    ) {
      throw new NotAllowedError(
        'This service token has no access restrictions: name the permissions it needs in backend.auth.externalAccess[].accessRestrictions',
      );
    }
  }
}
