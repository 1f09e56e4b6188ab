export { AutomaticReturn } from './AutomaticReturn';
export { GoodImages } from './GoodImages';
export type { GoodImage } from './GoodImages';
export { ManualReturns } from './ManualReturns';
export { ReturnEnds } from './ReturnEnds';
export { returnReasons } from './returnReasons';
export { createReturnsRouter } from './router';
