export { imageEvent } from './imageEvent';
export { Payload } from './Payload';
