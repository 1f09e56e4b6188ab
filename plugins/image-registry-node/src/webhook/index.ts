export { imageEvent } from './imageEvent';
export type { ReadImageEvent } from './imageEvent';
export { kindOfMediaType, kindOfMediaTypes } from './kindOfMediaType';
export { Payload } from './Payload';
export { kindOfResourceCall, resourceEvents } from './resourceEvents';
export type { ResourceCall } from './resourceEvents';
