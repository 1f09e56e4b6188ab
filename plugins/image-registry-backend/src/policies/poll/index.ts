export { createPoller } from './createPoller';
export type { PollEnd } from './PollSchedule';
