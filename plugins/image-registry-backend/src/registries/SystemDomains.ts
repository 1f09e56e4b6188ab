import { AuthService, LoggerService } from '@backstage/backend-plugin-api';
import { RELATION_PART_OF, stringifyEntityRef } from '@backstage/catalog-model';
import { CatalogService } from '@backstage/plugin-catalog-node';

/**
 * Which domain each system belongs to. A component names only its system, so
 * grants to a domain need this map; it is read again every minute, and on
 * demand.
 */
export class SystemDomains {
  readonly #options: {
    auth: AuthService;
    catalog: CatalogService;
    logger: LoggerService;
  };
  #domains: ReadonlyMap<string, string> = new Map();

  constructor(options: {
    auth: AuthService;
    catalog: CatalogService;
    logger: LoggerService;
  }) {
    this.#options = options;
  }

  /** @param systemRef - full reference in lower case */
  domainOf(systemRef: string): string | undefined {
    return this.#domains.get(systemRef);
  }

  /** Keeps the last answer when the catalog gives none. */
  async refresh(): Promise<void> {
    const { auth, catalog, logger } = this.#options;
    try {
      const { items } = await catalog.getEntities(
        {
          filter: { kind: 'System' },
          fields: ['kind', 'metadata', 'relations'],
        },
        { credentials: await auth.getOwnServiceCredentials() },
      );
      this.#domains = new Map(
        items.flatMap(system =>
          (system.relations ?? [])
            .filter(
              relation =>
                relation.type === RELATION_PART_OF &&
                relation.targetRef.startsWith('domain:'),
            )
            .map(relation => [
              stringifyEntityRef(system),
              relation.targetRef.toLocaleLowerCase('en-US'),
            ]),
        ),
      );
    } catch (error) {
      logger.warn(`Could not read the systems of the catalog: ${error}`);
    }
  }
}
