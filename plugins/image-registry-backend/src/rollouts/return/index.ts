export { AutomaticReturn } from './AutomaticReturn';
export { GoodImages } from './GoodImages';
export type { GoodImage } from './GoodImages';
export { ReturnEnds } from './ReturnEnds';
export { returnReasons } from './returnReasons';
