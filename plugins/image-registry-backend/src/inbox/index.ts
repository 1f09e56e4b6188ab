export { createInbox } from './createInbox';
export type { DecisionSource, InboxOptions, InboxRoom } from './createInbox';
export * from './DeliveryWriter';
export * from './EventQueue';
