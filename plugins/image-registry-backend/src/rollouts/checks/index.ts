export { imageChecks } from './imageChecks';
export { PlaceChecks } from './PlaceChecks';
