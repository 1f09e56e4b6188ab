export { BasicEdition } from './BasicEdition';
export { EnterpriseEdition } from './EnterpriseEdition';
export type { HuaweiEdition } from './HuaweiEdition';
