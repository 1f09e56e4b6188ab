export { FromTo } from './FromTo';
export { imageLabel } from './imageLabel';
export { Person, personName } from './Person';
export { PodList } from './PodList';
