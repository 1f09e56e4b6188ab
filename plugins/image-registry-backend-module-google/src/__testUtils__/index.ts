export { webhookRequest } from './webhookRequest';
