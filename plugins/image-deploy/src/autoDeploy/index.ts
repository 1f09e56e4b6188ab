export { AutoDeployDrawer } from './AutoDeployDrawer';
