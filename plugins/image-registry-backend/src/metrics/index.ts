export { Metrics } from './Metrics';
export { watchQueues } from './watchQueues';
