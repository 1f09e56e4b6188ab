export { matchRepositoryGlob } from './matchRepositoryGlob';
