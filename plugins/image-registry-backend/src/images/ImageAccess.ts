import { NotFoundError } from '@backstage/errors';
import {
  deploymentReadPermission,
  registryReadPermission,
  registryUpdatePermission,
} from '@slipway/backstage-plugin-image-registry-common';
import {
  because,
  refusal,
} from '@slipway/backstage-plugin-image-registry-node';
import { Access, Actor } from '../access';
import {
  AuthorizedRegistries,
  isGrantedToAll,
  RegistryService,
  StoredRegistry,
} from '../registries';
import { IsVisible } from './ImageService';

/** A registry with what of it the caller may see. */
export interface VisibleRegistry {
  registry: StoredRegistry;
  /** Absent: everything. */
  isVisible?: IsVisible;
}

/** Holds browsing to the grants of registries. */
export class ImageAccess {
  readonly #options: {
    access: Access;
    authorized: AuthorizedRegistries;
    registries: RegistryService;
  };

  constructor(options: {
    access: Access;
    authorized: AuthorizedRegistries;
    registries: RegistryService;
  }) {
    this.#options = options;
  }

  /**
   * Whoever may change a registry sees all of it; everybody else what is
   * granted to everybody, and to the component they name.
   *
   * @throws NotFoundError when the registry or the component is hidden
   */
  async registry(
    actor: Actor,
    id: string,
    entityRef: string | undefined,
  ): Promise<VisibleRegistry> {
    const { access, authorized, registries } = this.#options;
    const registry = await authorized.require(
      actor,
      id,
      registryReadPermission,
    );
    const entity =
      entityRef === undefined
        ? undefined
        : await access.requireEntity(
            actor,
            entityRef,
            deploymentReadPermission,
          );
    if (await authorized.may(actor, id, registryUpdatePermission)) {
      return { registry };
    }
    return {
      registry,
      isVisible: repository =>
        isGrantedToAll(registry.grants, repository) ||
        (entity !== undefined &&
          registries.isGranted(registry, repository, entity)),
    };
  }

  /** @throws NotFoundError when the repository is hidden */
  async repository(
    actor: Actor,
    id: string,
    repository: string,
    entityRef: string | undefined,
  ): Promise<StoredRegistry> {
    const { registry, isVisible } = await this.registry(actor, id, entityRef);
    if (isVisible && !isVisible(repository)) {
      throw refusal(
        NotFoundError,
        because(
          'no-repository-for-you',
          `No repository ${repository} in ${registry.name} for you`,
          { repository, registry: registry.name },
        ),
      );
    }
    return registry;
  }
}
