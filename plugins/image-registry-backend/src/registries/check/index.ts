export { ConnectionCheck, statusAfter } from './ConnectionCheck';
export type { CheckedConnection } from './ConnectionCheck';
