export { artifactRegistryWebhook } from './webhook';
