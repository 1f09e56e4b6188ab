export { KubectlDialog } from './KubectlDialog';
export { ManifestDrawer } from './ManifestDrawer';
export { OperateDialog } from './OperateDialog';
