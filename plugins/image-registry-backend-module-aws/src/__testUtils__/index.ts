export * from './ecrEvents';
export { startSnsTopic } from './snsTopic';
export type { SnsTopic } from './snsTopic';
