import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { catalogProcessingExtensionPoint } from '@backstage/plugin-catalog-node';
import { CreatedComponentsProvider } from './CreatedComponentsProvider';
import { readCreatedFrom } from './readCreated';

/** Adds components that were made from images to the catalog. */
export const catalogModuleImageRegistry = createBackendModule({
  pluginId: 'catalog',
  moduleId: 'image-registry',
  register(env) {
    env.registerInit({
      deps: {
        auth: coreServices.auth,
        catalog: catalogProcessingExtensionPoint,
        discovery: coreServices.discovery,
        logger: coreServices.logger,
        scheduler: coreServices.scheduler,
      },
      async init({ auth, catalog, discovery, logger, scheduler }) {
        const provider = new CreatedComponentsProvider(
          readCreatedFrom({ auth, discovery }),
        );
        catalog.addEntityProvider(provider);
        await scheduler.scheduleTask({
          id: 'image-registry-created-components',
          // Whoever makes a component looks for it right away.
          frequency: { seconds: 5 },
          timeout: { seconds: 30 },
          initialDelay: { seconds: 5 },
          // Each replica knows for itself what it has told.
          scope: 'local',
          fn: async () => {
            try {
              if (await provider.refresh()) {
                logger.info('The components made from images have changed');
              }
            } catch (error) {
              logger.debug(
                `The components made from images could not be read: ${error}`,
              );
            }
          },
        });
      },
    });
  },
});
