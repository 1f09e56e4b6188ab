export { createGitlabProvider } from './createGitlabProvider';
