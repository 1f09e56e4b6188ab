export type { AlibabaEdition, AlibabaTrigger } from './AlibabaEdition';
export { EnterpriseEdition } from './EnterpriseEdition';
export { PersonalEdition } from './PersonalEdition';
