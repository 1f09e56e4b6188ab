import { stringifyEntityRef } from '@backstage/catalog-model';
import { InputError, NotAllowedError } from '@backstage/errors';
import {
  componentWebhookEndpointPermission,
  webhookEndpointManagePermission,
} from '@slipway/backstage-plugin-image-registry-common';
import {
  because,
  refusal,
} from '@slipway/backstage-plugin-image-registry-node';
import { invalidField } from '../http';
import { Access, Actor } from '../access';
import { AuthorizedRegistries, RegistryService } from '../registries';
import { EndpointStore } from './EndpointStore';
import { StoredEndpoint } from './StoredEndpoint';

/**
 * Whose endpoints are: those of a registry belong to who manages its webhooks,
 * those of a component to its owners as well.
 */
export class EndpointAccess {
  constructor(
    private readonly options: {
      access: Access;
      authorized: AuthorizedRegistries;
      endpoints: EndpointStore;
      registries: RegistryService;
    },
  ) {}

  /** Endpoints of a registry that the actor may see: all, or the own ones. */
  async visible(actor: Actor, registryId: string): Promise<StoredEndpoint[]> {
    const { authorized, endpoints } = this.options;
    const all = await endpoints.list(registryId);
    const manages = await authorized.may(
      actor,
      registryId,
      webhookEndpointManagePermission,
    );
    if (manages) {
      return all;
    }
    const own = await Promise.all(
      all.map(
        async ({ entityRef }) =>
          entityRef !== undefined && this.#mayForComponent(actor, entityRef),
      ),
    );
    return all.filter((_, index) => own[index]);
  }

  /**
   * For a component, its owner speaks for exact repositories that it was
   * granted; else the registry's webhooks are to be managed.
   *
   * @returns the component's full reference, if there is one
   */
  async requireCreate(
    actor: Actor,
    registryId: string,
    wish: { entityRef?: string; repositories?: string[] },
  ): Promise<string | undefined> {
    if (wish.entityRef === undefined) {
      await this.#requireManage(actor, registryId);
      return undefined;
    }
    const { access, authorized, registries } = this.options;
    const entity = await access.requireEntity(
      actor,
      wish.entityRef,
      componentWebhookEndpointPermission,
    );
    if (!wish.repositories?.length) {
      throw invalidField(
        'repositories',
        because(
          'repositories-needed',
          'name the repositories of the component',
        ),
      );
    }
    const registry = await authorized.requireKnown(
      actor,
      entity,
      registryId,
      wish.repositories,
    );
    for (const repository of wish.repositories) {
      if (repository.includes('*')) {
        throw invalidField(
          'repositories',
          because(
            'repository-not-exact',
            `${repository}: an endpoint of a component names exact repositories`,
            { repository },
          ),
        );
      }
      if (!registries.isGranted(registry, repository, entity)) {
        throw refusal(
          NotAllowedError,
          because(
            'repository-not-granted',
            `${wish.entityRef} may not use ${repository} of ${registry.name}`,
            {
              entityRef: wish.entityRef,
              repository,
              registry: registry.name,
            },
          ),
        );
      }
    }
    return stringifyEntityRef(entity);
  }

  /** @throws InputError when only app-config can change it */
  async requireChange(actor: Actor, id: string): Promise<StoredEndpoint> {
    const endpoint = await this.options.endpoints.get(id);
    const { entityRef, registryId, source } = endpoint;
    const own =
      entityRef !== undefined &&
      (await this.#mayForComponent(actor, entityRef));
    if (!own) {
      await this.#requireManage(actor, registryId);
    }
    if (source === 'config') {
      throw refusal(
        InputError,
        because(
          'endpoint-from-config',
          'This endpoint comes from app-config; change its secret there',
        ),
      );
    }
    return endpoint;
  }

  #mayForComponent(actor: Actor, entityRef: string): Promise<boolean> {
    return this.options.access.mayOnEntity(
      actor,
      entityRef,
      componentWebhookEndpointPermission,
    );
  }

  async #requireManage(actor: Actor, registryId: string): Promise<void> {
    await this.options.authorized.require(
      actor,
      registryId,
      webhookEndpointManagePermission,
    );
  }
}
