export { isCheckCode } from './checkCodes';
export { CheckSteps } from './CheckSteps';
export { ChipsField } from './ChipsField';
export { ProviderField } from './ProviderField';
export { RegistryDialog } from './RegistryDialog';
export { useProviderLabels } from './useProviderLabels';
