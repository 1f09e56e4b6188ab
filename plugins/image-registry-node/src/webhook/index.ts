export { imageEvent } from './imageEvent';
export type { ReadImageEvent } from './imageEvent';
export { kindOfMediaType, kindOfMediaTypes } from './kindOfMediaType';
export { Payload } from './Payload';
export { resourceEvents } from './resourceEvents';
export type { ResourceCall } from './resourceEvents';
