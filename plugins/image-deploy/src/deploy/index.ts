export { DeployDialog } from './DeployDialog';
export { PullSecretDialog } from './PullSecretDialog';
