export { HuaweiApi } from './HuaweiApi';
export type { HuaweiCall } from './HuaweiApi';
