export { ecrWebhook } from './webhook';
