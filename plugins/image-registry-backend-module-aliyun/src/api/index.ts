export { AlibabaApi } from './AlibabaApi';
export type { AlibabaCall } from './AlibabaApi';
