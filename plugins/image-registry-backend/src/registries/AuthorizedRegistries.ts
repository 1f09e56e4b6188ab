import { PermissionsService } from '@backstage/backend-plugin-api';
import { Entity } from '@backstage/catalog-model';
import { NotAllowedError, NotFoundError } from '@backstage/errors';
import {
  AuthorizeResult,
  PolicyDecision,
  ResourcePermission,
} from '@backstage/plugin-permission-common';
import {
  createConditionAuthorizer,
  createConditionTransformer,
} from '@backstage/plugin-permission-node';
import {
  deploymentReadPermission,
  Registry,
  registryDeletePermission,
  registryReadPermission,
  registryUpdatePermission,
  RegistryUsages,
  RESOURCE_TYPE_IMAGE_REGISTRY,
  webhookEndpointManagePermission,
} from '@slipway/backstage-plugin-image-registry-common';
import {
  because,
  refusal,
} from '@slipway/backstage-plugin-image-registry-node';
import { noRegistry } from '../http';
import { Access, Actor } from '../access';
import { DefaultRegistries } from './DefaultRegistries';
import { registryRules } from './permissions';
import { StoredRegistry } from './RegistryService';
import { RegistryFilter } from './store';

/** A permission whose resource is a registry. */
export type RegistryPermission = ResourcePermission<
  typeof RESOURCE_TYPE_IMAGE_REGISTRY
>;

const rules = Object.values(registryRules);
const toCriteria = createConditionTransformer<RegistryFilter, typeof rules>(
  rules,
);
const isAllowed: (
  decision: PolicyDecision,
  registry: StoredRegistry | undefined,
) => boolean = createConditionAuthorizer(rules);

/** Registries as far as the caller may see and change them. */
export class AuthorizedRegistries {
  readonly #registries: DefaultRegistries;
  readonly #access: Access;
  readonly #permissions: PermissionsService;

  constructor(options: {
    registries: DefaultRegistries;
    access: Access;
    permissions: PermissionsService;
  }) {
    this.#registries = options.registries;
    this.#access = options.access;
    this.#permissions = options.permissions;
  }

  /** The registries for which the caller holds a permission, by name. */
  async list(
    actor: Actor,
    permission: RegistryPermission = registryReadPermission,
  ): Promise<StoredRegistry[]> {
    const decision = await this.#decide(actor, permission);
    switch (decision.result) {
      case AuthorizeResult.ALLOW:
        return this.#registries.list();
      case AuthorizeResult.CONDITIONAL:
        return this.#registries.list(toCriteria(decision.conditions));
      default:
        return [];
    }
  }

  /**
   * The registry, when the caller may do this with it.
   * @throws NotFoundError when it does not exist or reading is hidden
   * @throws NotAllowedError when a change is not allowed
   */
  async require(
    actor: Actor,
    id: string,
    permission: RegistryPermission,
  ): Promise<StoredRegistry> {
    const write = permission.attributes.action !== 'read';
    this.#access.requireRestricted(actor, write);
    const decision = await this.#decide(actor, permission);
    const registry = await this.#registries.find(id);
    if (!isAllowed(decision, registry)) {
      throw write
        ? refusal(
            NotAllowedError,
            because(
              'not-allowed-on-registry',
              `${permission.name} is not allowed for you on registry ${id}`,
              { permission: permission.name, id },
            ),
          )
        : noRegistry(id);
    }
    if (!registry) {
      throw noRegistry(id);
    }
    return registry;
  }

  /** Whether {@link AuthorizedRegistries.require} would let the caller through. */
  async may(
    actor: Actor,
    id: string,
    permission: RegistryPermission,
  ): Promise<boolean> {
    try {
      await this.require(actor, id, permission);
      return true;
    } catch (error) {
      if (error instanceof NotAllowedError || error instanceof NotFoundError) {
        return false;
      }
      throw error;
    }
  }

  /**
   * The registry that a component is to use, when the component may use one of
   * these repositories or the caller may see the registry. Else nobody learns
   * whether there is one.
   * @throws NotFoundError
   */
  async requireKnown(
    actor: Actor,
    entity: Entity,
    id: string,
    repositories: string[],
  ): Promise<StoredRegistry> {
    const registry = await this.#registries.find(id);
    const used = repositories.some(
      repository =>
        registry && this.#registries.isGranted(registry, repository, entity),
    );
    return registry && used
      ? registry
      : this.require(actor, id, registryReadPermission);
  }

  /**
   * What uses a registry, as far as it belongs to components that the caller
   * may see; the rest is counted.
   */
  async usages(actor: Actor, id: string): Promise<RegistryUsages> {
    const all = await this.#registries.usages(id);
    const visible = await Promise.all(
      all.map(
        ({ entityRef }) =>
          entityRef === undefined ||
          this.#access.mayOnEntity(actor, entityRef, deploymentReadPermission),
      ),
    );
    const items = all.filter((_, index) => visible[index]);
    return { items, hidden: all.length - items.length };
  }

  /** Registries with what uses them and what the caller may do. */
  async views(actor: Actor, registries: StoredRegistry[]): Promise<Registry[]> {
    const [update, remove, manageWebhooks] = await Promise.all(
      [
        registryUpdatePermission,
        registryDeletePermission,
        webhookEndpointManagePermission,
      ].map(permission => this.#decide(actor, permission)),
    );
    return Promise.all(
      registries.map(async registry => {
        const usages = await this.#registries.usages(registry.id);
        const own = registry.source === 'database';
        const gone = registry.status.state === 'removed';
        const budget = this.#registries.budget(registry);
        return {
          ...registry,
          ...(budget && Object.keys(budget).length > 0 && { budget }),
          usedBy: usages.length,
          may: {
            update: own && isAllowed(update, registry),
            delete: (own || gone) && isAllowed(remove, registry),
            manageWebhooks: !gone && isAllowed(manageWebhooks, registry),
          },
        };
      }),
    );
  }

  async #decide(
    actor: Actor,
    permission: RegistryPermission,
  ): Promise<PolicyDecision> {
    const [decision] = await this.#permissions.authorizeConditional(
      [{ permission }],
      { credentials: actor.credentials },
    );
    return decision;
  }
}
