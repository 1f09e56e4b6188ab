export { TencentApi } from './TencentApi';
export type { TencentCall } from './TencentApi';
