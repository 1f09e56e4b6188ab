export * from './applies';
export * from './DockerRegistry';
export * from './eventually';
export * from './Ledger';
export * from './RestClient';
export * from './SeededRandom';
export * from './WebhookSender';
export * from './World';
