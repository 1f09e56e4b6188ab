export { describeGrants } from './describeGrants';
export { grantsAllow } from './grantsAllow';
export type { GrantSubject } from './grantsAllow';
export { matchRepositoryGlob } from './matchRepositoryGlob';
