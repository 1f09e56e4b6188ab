export { CheckSteps } from './CheckSteps';
export { ChipsField } from './ChipsField';
export { RegistryDialog } from './RegistryDialog';
