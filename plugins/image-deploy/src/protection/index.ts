export { ApprovalPanel } from './ApprovalPanel';
export { FreezeBar } from './FreezeBar';
