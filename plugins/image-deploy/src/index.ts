/**
 * The deploy tab of components, for portals on the legacy frontend system.
 *
 * @packageDocumentation
 */
export { isImageDeployAvailable } from './availability';
export {
  EntityDeployCard,
  EntityImageDeployContent,
  imageDeployPlugin,
} from './plugin';
export { entityDeployRouteRef } from './routes';
export { imageDeployTranslationRef } from './translation';
