export { EnterpriseEdition } from './EnterpriseEdition';
export { PersonalEdition } from './PersonalEdition';
export type { TencentEdition } from './TencentEdition';
