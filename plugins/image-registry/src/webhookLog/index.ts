export { WebhookLogTab } from './WebhookLogTab';
