export * from './createInbox';
export * from './DeliveryStore';
export * from './DeliveryWriter';
export * from './EndpointStore';
export * from './EventQueue';
export * from './inboxRouter';
export * from './webhookRouter';
