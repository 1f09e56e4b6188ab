export { PodsDrawer } from './PodsDrawer';
